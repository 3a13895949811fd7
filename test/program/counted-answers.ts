/** A quorum that counts equal answers, which are one: it is violated without faults. */
export const countedAnswers = `
node("a", "b")@1; node("a", "c")@1;
ask(Y, X)@async :- node(X, Y);
answer(X, "ok")@async :- ask(Y, X);
answer(X, V)@next :- answer(X, V);
answers(X, count<V>) :- answer(X, V);
done(X) :- answers(X, K), K == 2;
pre("p") :- ask(_, _)@2;
post("p") :- done(_);
`;

/** A broadcast of one round, which a loss breaks. */
export const broadcast = `
bcast("a", "m")@1; to("a", "b")@1; to("a", "c")@1;
log(Y, M)@async :- bcast(X, M), to(X, Y);
log(X, M)@next :- log(X, M);
pre(Y, M) :- bcast(X, M)@1, to(X, Y)@1;
post(X, M) :- log(X, M);
`;

/** A broadcast of two rounds: it holds while nothing of the second is lost. */
export const resent = `
bcast("a", "m")@1; to("a", "b")@1; to("a", "c")@1;
log(Y, M)@async :- bcast(X, M), to(X, Y);
log(X, M)@next :- log(X, M);
sent(X, M)@next :- bcast(X, M);
sent(X, M)@next :- sent(X, M);
log(Y, M)@async :- sent(X, M), to(X, Y)@1;
pre(Y, M) :- bcast(X, M)@1, to(X, Y)@1;
post(X, M) :- log(X, M);
`;

/** The first round alone. */
export const once = resent.replace("log(Y, M)@async :- sent(X, M), to(X, Y)@1;\n", "");

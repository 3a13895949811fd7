/** A client hears of the first copy that is stored. What is put, and where, is not said. */
export const firstCopy = `replica(P, R)@next :- replica(P, R);
store(R, P, W)@async :- put(P, W), replica(P, R);
log(R, W) :- store(R, _, W);
log(R, W)@next :- log(R, W);
stored(P, R, W)@async :- store(R, P, W);
stored(P, R, W)@next :- stored(P, R, W);
copies(P, W, count<R>) :- stored(P, R, W);
done(C, W)@async :- copies(P, W, N), N >= 1, client(P, C);
client("p", "c")@1;
client(P, C)@next :- client(P, C);
acked(C, W) :- done(C, W);
acked(C, W)@next :- acked(C, W);`;

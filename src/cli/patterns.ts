/** Programs to start from. Each is complete, with a specification and a check that is met. */
export const patterns = {
  delivery: `// A message reaches every node that is up although messages are lost: every node that has it keeps sending it.
//! check eot=5 eff=3 expect=holds name="lost messages are sent again"
//! check eot=5 eff=3 crashes=1 expect=holds name="and so is what a node had that crashes"

node("a", "b")@1; node("a", "c")@1;
node("b", "a")@1; node("b", "c")@1;
node("c", "a")@1; node("c", "b")@1;
node(X, Y)@next :- node(X, Y);

bcast("a", "hello")@1;
log(X, P) :- bcast(X, P);
log(X, P)@next :- log(X, P);
log(Y, P)@async :- log(X, P), node(X, Y);

// Whatever one node has that is up, every node has that is up.
missing(P) :- log(X, P), node(X, Y), notin log(Y, P), notin crash(X, Y, _);
pre(P) :- log(X, P), notin crash(X, X, _);
post(P) :- log(_, P), notin missing(P);
`,
  commit: `// Two-phase commit: a participant that votes yes waits for the coordinator, forever if it crashes.
//! check eot=5 eff=0 crashes=1 expect=violated faults=1 name="the coordinator crashes after the votes"

agent("c", "a")@1; agent("c", "b")@1;
agent(C, A)@next :- agent(C, A);
coordinator("a", "c")@1; coordinator("b", "c")@1;
coordinator(A, C)@next :- coordinator(A, C);
begin("c", "t")@1;

prepare(A, T)@async :- begin(C, T), agent(C, A);
prepared(A, T)@next :- prepare(A, T);
prepared(A, T)@next :- prepared(A, T);
vote(C, A, T)@async :- prepare(A, T), coordinator(A, C);
voted(C, A, T) :- vote(C, A, T);
voted(C, A, T)@next :- voted(C, A, T);

lacking(C, T) :- voted(C, _, T), agent(C, A), notin voted(C, A, T);
commit(C, T) :- voted(C, _, T), notin lacking(C, T);
commit(A, T)@async :- commit(C, T), agent(C, A);
commit(A, T)@next :- commit(A, T);

// Every participant that has prepared and is up learns the outcome.
pre(A, T) :- prepared(A, T), notin crash(A, A, _);
post(A, T) :- commit(A, T), prepared(A, T);
`,
  replication: `// Primary and backup: a write is acknowledged once both have it.
//! check eot=6 eff=4 expect=holds name="what is acknowledged is at both"
//! check eot=6 eff=4 crashes=1 expect=holds name="and survives a crash of either"

backup("p", "b")@1;
backup(P, B)@next :- backup(P, B);
primary("b", "p")@1;
primary(B, P)@next :- primary(B, P);
client("p", "c")@1;
client(P, C)@next :- client(P, C);

write("p", "x")@1;
stored(P, V) :- write(P, V);
stored(N, V)@next :- stored(N, V);
replicate(B, V)@async :- stored(P, V), backup(P, B);
stored(B, V) :- replicate(B, V);
ack(P, V)@async :- stored(B, V), primary(B, P);
done(C, V)@async :- ack(P, V), client(P, C);
done(C, V)@next :- done(C, V);

// Every write acknowledged to the client is stored at some node that is up.
alive(V) :- stored(N, V), notin crash(N, N, _);
pre(V) :- done(_, V);
post(V) :- done(_, V), alive(V);
`,
  consensus: `// A leader by vote: each node votes once, for the first who asks; the majority of three decides.
//! check eot=5 eff=4 crashes=1 expect=holds name="never two leaders"

peer("a", "b")@1; peer("a", "c")@1;
peer("b", "a")@1; peer("b", "c")@1;
peer("c", "a")@1; peer("c", "b")@1;
peer(X, Y)@next :- peer(X, Y);

stand("a")@1; stand("b")@1;
request(Y, X)@async :- stand(X), peer(X, Y);
asked(N, C) :- request(N, C);
asked(N, N) :- stand(N);
chosen(N, min<C>) :- asked(N, C), notin voted(N, _);
voted(N, C)@next :- chosen(N, C);
voted(N, C)@next :- voted(N, C);
vote(C, N)@async :- chosen(N, C);
has(C, N) :- vote(C, N);
has(C, N)@next :- has(C, N);
votes(C, count<N>) :- has(C, N);
leader(C) :- votes(C, V), V > 1;
leader(C)@next :- leader(C);

never(X) :- leader(X), leader(Y), X != Y;
post(C) :- leader(C);
pre(C) :- leader(C);
`,
} as const;

export type PatternName = keyof typeof patterns;

/** One line each, for the question at the terminal. */
export const patternSummaries: Readonly<Record<PatternName, string>> = {
  delivery: "a message reaches everybody",
  commit: "all decide alike, or wait",
  replication: "what is acknowledged is kept",
  consensus: "at most one leader",
};

export const workflow = (file: string): string => `name: protocol
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci # installs ldfi, one of the devDependencies
      - run: npx ldfi fmt --check ${file}
      - run: npx ldfi lint --strict ${file}
      - run: npx ldfi test ${file}
`;

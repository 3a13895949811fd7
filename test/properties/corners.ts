/** A program written for one corner of language.md, beside the sentence that it turns on. */
export interface Corner {
  readonly sentence: string;
  readonly text: string;
}

const mesh = `link("a", "b")@1; link("b", "a")@1; link(N, M)@next :- link(N, M);`;
const outcome = `post(N, X) :- got(N, X); got(N, X)@next :- got(N, X);`;

/** Checked at nodes a and b, EOT 4, EFF 2, one crash. */
export const corners: readonly Corner[] = [
  {
    sentence:
      "X == e … binds X; the order of body literals has no meaning: the equality that has a value binds, the other is a test",
    text: `p("a", 0)@1; p("b", 2)@1; got(N, 0) :- p(N, Y), Z == 6 / Y, Z == 5, Z > 7; got(N, 1) :- p(N, Y), Z == 5, Z == 6 / Y, Z > 7; got(N, 2) :- p(N, Y), 6 / Y == Z, Y + 3 == Z, W == Z, W < 3;
           got(N, Y) :- p(N, Y); ${outcome}`,
  },
  {
    sentence: "the same where everything that has a value is satisfied: then the division counts",
    text: `p("a", 0)@1; p("b", 2)@1; got(N, Z)@next :- p(N, Y), Z == 6 / Y, Z == 3, Z < 7; ${outcome}`,
  },
  {
    sentence:
      "arithmetic is evaluated only for bindings that satisfy every literal that does not depend on it, negated ones and empty ones included",
    text: `p("a", 0)@1; q("a", 0)@1; got(N, Y) :- p(N, Y), 1 / Y > 0, notin q(N, Y); got(N, Y) :- p(N, Y), 1 / Y > 0, none(N, _);
           got(N, Y)@next :- p(N, Y), notin q(N, 1 / Y), Y > 0; got(N, 9) :- p(N, Y), q(N, 7 % Y), Y != 0; ${outcome} got("a", 1)@1;`,
  },
  {
    sentence:
      "an error that only some schedule reaches is neither ignored nor blamed on schedules that do not reach it",
    text: `${mesh} mark("a", "p")@1; mark(M, P)@async :- mark(N, P), link(N, M); size("b", 0)@1; size(N, 0)@next :- size(N, 0);
           got(N, 4 / K)@next :- size(N, Z), K == Z + 2; got(N, 4 / Z)@next :- size(N, Z), notin mark("b", _)@2, link("a", "b")@2; ${outcome}`,
  },
  {
    sentence:
      "the location of a rule is the first argument of the first atom in its body: an expression, a negated atom, an atom @N",
    text: `raw("", "b", 1)@1; raw("a", "b", 2)@1; tag("a", "b", 1)@1; tag("b", "a", 2)@1;
           got(M, K)@async :- tag(X + "a", M, K), raw(X, _, _); got(M, 10)@async :- notin off(N, _), raw(N, M, _), N != ""; got(M, K + 20)@async :- tag(N, M, K)@1; ${outcome} got("a", 0)@1;`,
  },
  {
    sentence: "in an @async head with an aggregate the location must be one of the group columns or a constant",
    text: `p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; p(N, X)@next :- p(N, X); ${mesh}
           got("b", count<X>)@async :- p("a", X); told(M, N, sum<X>)@async :- p(N, X), link(N, M);
           got(N, X)@next :- told(N, _, X); ${outcome}`,
  },
  {
    sentence:
      "sum<X> adds each distinct X once; avg is the integer quotient, truncated; only a result that leaves the range is an error",
    text: `p("a", 9007199254740991, 1)@1; p("a", 1, 1)@1; p("a", -1, 2)@1; p("a", -1, 3)@1; p("b", -3, 1)@1; p("b", 0, 1)@1; p("b", -4, 2)@1;
           got(N, sum<X>) :- p(N, X, _); got(N, avg<X>) :- p(N, X, K), X < 5; ${outcome}`,
  },
  {
    sentence: "values are integers: there is one zero",
    text: `p("a", 0)@1; p("b", -4)@1; z(N, X * -1) :- p(N, X); z(N, X % 2) :- p(N, X); z(N, X / -5) :- p(N, X); got(N, X) :- z(N, X), zero(N, X); zero("a", 0)@1; zero("b", 0)@1;
           got(N, count<X>) :- z(N, X); ${outcome}`,
  },
  {
    sentence:
      "a literal r@N counts as a same-instant dependency, since t may equal N; the rule can fire only at instants t ≥ N, negated or not",
    text: `p("a", 1)@2; p("b", 2)@3; now(N, X) :- p(N, X)@2; now(N, 7) :- link(N, _), notin p(N, _)@3; now(N, 8) :- link(N, _), notin p(N, _)@9; same(N, X) :- now(N, X)@3; same(N, X) :- same(N, X)@2;
           ${mesh} got(M, X)@async :- same(N, X), link(N, M); ${outcome}`,
  },
  {
    sentence: "`crash(…)@N` reads the same tuples, also before the crash; observers are the nodes",
    text: `${mesh} got(N, T) :- crash(N, M, T)@2, link(N, M); got(N, 0) :- link(N, M), notin crash(N, M, _)@3; early(N) :- crash(N, _, T), T > 2; pre(N, 0) :- link(N, _), early(N); ${outcome}`,
  },
  {
    sentence:
      "an integer is never a node; a message from or to a place that is not a node, to itself included, is never delivered",
    text: `p("a", 1)@1; p("z", 2)@1; p("b", 3)@1; got(N, X)@async :- p(N, X); num(X, N)@async :- p(N, X); got("a", X)@async :- p("z", X); away("q", X)@async :- p("a", X); ${outcome}`,
  },
  {
    sentence:
      "a relation may have both aggregate and ordinary rules; it is their union; several aggregates range each over their own variable",
    text: `v("a", 3, "x")@1; v("a", 3, "y")@1; v("b", 1, "x")@1; v(M, K, S)@async :- v(N, K, S), link(N, M); v(N, K, S)@next :- v(N, K, S); ${mesh}
           s(N, count<S>, max<K>, min<S>, max<S>, count<K>) :- v(N, K, S); got(N, C) :- s(N, C, _, _, _, _); got(N, max<K>) :- v(N, K, _); got(N, K) :- v(N, K, "y"); ${outcome}`,
  },
  {
    sentence: "`min` and `max` work on strings too; between strings the order is by code unit",
    text: `v("a", "é")@1; v("a", "Z")@1; v("b", "a")@1; v("b", "10")@1; v("b", "9")@1; v(M, S)@async :- v(N, S), link(N, M); ${mesh} got(N, min<S>) :- v(N, S); got(N, max<S>)@next :- v(N, S); got(N, S)@next :- v(N, S), S < "Zz", S >= "10"; ${outcome}`,
  },
  {
    sentence:
      "a variable that occurs in one negated literal and nowhere else is existential (twice in it: an equality)",
    text: `e("a", 1, 1)@1; e("a", 1, 2)@1; e("b", 1, 2)@1; e(M, X, Y)@async :- e(N, X, Y), link(N, M); e(N, X, Y)@next :- e(N, X, Y); ${mesh}
           got(N, 1) :- link(N, _), notin e(N, K, K); got(N, 2) :- link(N, _), notin e(_, K, K); got(N, 3) :- link(N, _), notin e(N, K, _), notin e(N, _, L); got(N, 4) :- link(N, M), notin e(M, 1, _z); ${outcome}`,
  },
  {
    sentence: "an expression in a body atom is a test against that column, evaluated once its variables are bound",
    text: `e("a", 1, 2)@1; e("a", 2, 4)@1; e("b", 3, 4)@1; got(N, K) :- e(N, K, K + 1); got(N, L)@next :- e(N, K * 2, L), e(N, K, K * 2); got(N, 5) :- e(N, K, L), notin e(N, K + 1, L + 2); ${outcome}`,
  },
  {
    sentence: "equalities bind in any order; a variable so bound is bound for every purpose",
    text: `p("a", 3)@1; p("b", 4)@1; got(N, Z) :- Z == Y + W, Y == X, p(N, X), 2 == W; got(N, max<Z>) :- p(N, X), X - 1 == Z; got(N, X)@next :- p(N, X), M == N, notin p(M, 3), Z == X, Z != 3; out(M, X)@async :- p(N, X), M == "b"; got(N, X)@next :- out(N, X); ${outcome}`,
  },
  {
    sentence:
      "a node's message to itself is always delivered, after its crash too; a crashed node still receives and derives",
    text: `p("a", 1)@1; p(N, K + 1)@async :- p(N, K), K < 4; p(M, K)@async :- p(N, K), link(N, M); ${mesh} got(N, K) :- p(N, K), K > 1; ${outcome}`,
  },
  {
    sentence:
      "recursion within one instant, through several relations, over edges that faults cut, with arithmetic and with errors that only recursion reaches",
    text: `e("a", "b")@1; e("b", "a")@1; e(M, N)@async :- e(N, M), link(N, M); ${mesh} r(X, Y) :- e(X, Y); r(X, Z) :- s(X, Y), e(Y, Z); s(X, Y) :- r(X, Y); s(X, X) :- r(X, Y), r(Y, X);
           up(N, 0) :- e(N, _); up(N, K + 1) :- up(N, K), K < 3, r(N, N); got(N, max<K>) :- up(N, K); got(N, count<M>) :- r(N, M); got(N, 6 / (K - 4)) :- up(N, K), notin r(N, N); ${outcome}`,
  },
  {
    sentence: "a fact holds at exactly its instant, twice is once; one later than EOT has no effect but as a schema",
    text: `got("a", 1)@1; got("a", 1)@1; got("a", 1)@3; got("b", 2)@4; got("b", 5)@99; later("a", 1)@99; got(N, X) :- later(N, X); third(N, 3) :- got(N, 1)@3, notin got("b", 2); ${outcome}`,
  },
  {
    sentence: "one head tuple by several channels is lost only if all of them are",
    text: `p("a", 1)@1; p("b", 1)@1; p(N, X)@next :- p(N, X); got(M, X)@async :- p(N, X), to(N, M); to("a", "b")@1; to("b", "b")@2; to("a", "b")@2; got("b", X)@async :- p("a", X)@1, p("b", X); ${outcome}`,
  },
  {
    sentence: "strings are data: quotes, backslashes, newlines and the names of nodes in them change nothing",
    text: `p("a", "\\"b\\"")@1; p("a", "\\\\")@1; p("b", "x\\ny")@1; p("b", "a\\tb")@1; p("a", "omit(a,b,1)")@1; p(M, S)@async :- p(N, S), link(N, M); ${mesh} got(N, S + "\\n") :- p(N, S); ${outcome}`,
  },
];

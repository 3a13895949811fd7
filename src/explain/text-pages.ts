import type { Page } from "./page.js";

/** The codes of errors in the program text. */
export const textPages = {
  syntax: {
    text: "The parser found something at the marked place that is not allowed there; the message says what was expected. Statements are parsed independently, so the others are still checked.",
    wrong: 'r("a")@1;\npost(X) :- r(X), ;',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unexpected-character": {
    text: "Outside of strings and comments, a program consists of names, integers, and the symbols of the language. The usual causes are typographic quotes and the notation of other languages.",
    wrong: "r('a')@1;\npost(X) :- r(X);",
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unclosed-string": {
    text: 'A string ends at the next double quote, which is missing here. Inside a string, a quote is written \\".',
    wrong: 'r("a)@1;\npost(X) :- r(X);',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unclosed-comment": {
    text: "A comment that begins with /* ends at the next */, which is missing here.",
    wrong: 'post("a")@1;\n/* to do',
    right: 'post("a")@1;\n/* to do */',
  },
  "integer-out-of-range": {
    text: "Integers are exact up to 9007199254740991. A larger number is usually an identifier, which can be a string.",
    wrong: 'post("a", 9007199254740993)@1;',
    right: 'post("a", "9007199254740993")@1;',
  },
  "missing-semicolon": {
    text: "Every statement ends with a semicolon. The parser guesses where the next statement begins, so that both are checked.",
    wrong: 'r("a")@1\npost(X) :- r(X);',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unquoted-constant": {
    text: "A word that begins with a lower-case letter is the name of a relation. A string is written in double quotes, and a variable begins with an upper-case letter.",
    wrong: "post(a)@1;",
    right: 'post("a")@1;',
  },
  "single-equals": {
    text: "There is no assignment. The operator == compares, and binds a variable that nothing else binds.",
    wrong: 'r("a")@1;\npost(X) :- r(X), X = "a";',
    right: 'r("a")@1;\npost(X) :- r(X), X == "a";',
  },
  "no-arguments": {
    text: "The first column of a tuple is its location, the node at which it holds. So every relation has at least one column.",
    wrong: 'ready()@1;\npost(X) :- r(X), ready();\nr("a")@1;',
    right: 'ready("a")@1;\npost(X) :- r(X), ready(X);\nr("a")@1;',
  },
  "unknown-time": {
    text: "After @ comes an instant, next (one instant later, at the same node) or async (a message).",
    wrong: 'r("a")@1;\npost(X)@Next :- r(X);',
    right: 'r("a")@1;\npost(X)@next :- r(X);',
  },
  "nesting-too-deep": {
    text: "The parser is recursive, so nesting is limited to a depth that no hand-written program reaches.",
    wrong: `post("a", ${"(".repeat(201)}1${")".repeat(201)})@1;`,
    right: 'post("a", 1)@1;',
  },
  "expression-too-long": {
    text: "An expression has at most 1000 operators. Bind parts of it to variables with ==.",
    wrong: `r("a", 1)@1;\npost(X, ${"Y + ".repeat(1001)}Y) :- r(X, Y);`,
    right: 'r("a", 1)@1;\npost(X, Y * 1002) :- r(X, Y);',
  },
  "too-many-errors": {
    text: "After 100 errors the rest of a file is not read. Most likely the file is not a Dedalus program.",
    wrong: `${"r(;\n".repeat(102)}post("a")@1;`,
    right: 'post("a")@1;',
  },
  "fact-without-time": {
    text: "A fact holds at one instant, usually the first. A rule with @next carries it to later instants.",
    wrong: 'post("a");',
    right: 'post("a")@1;',
  },
  "fact-time": {
    text: "@next and @async say when a rule's head holds, relative to its body. A fact has no body.",
    wrong: 'post("a")@next;',
    right: 'post("a")@1;',
  },
  "fact-not-constant": {
    text: "A fact is one tuple: it has no body that could give a variable its value.",
    wrong: "post(X)@1;",
    right: 'post("x")@1;',
  },
  "head-time": {
    text: "A rule derives its head at the instant of its body, at the next one, or as a message. To derive a tuple at one instant only, read a fact of that instant. Only a rule whose body reads static relations alone may have an instant on its head: it states facts.",
    wrong: 'r("a")@1;\npost(X)@3 :- r(X);',
    right: 'r("a")@1;\nr("a")@3;\npost(X) :- r(X)@3;',
  },
  "body-time": {
    text: "A body reads the instant at which the rule is evaluated. To derive something for a later instant, put the time on the head.",
    wrong: 'r("a")@1;\npost(X) :- r(X)@next;',
    right: 'r("a")@1;\npost(X)@next :- r(X);',
  },
  "time-before-one": { text: "The instants are 1 to EOT.", wrong: 'post("a")@0;', right: 'post("a")@1;' },
  "range-misplaced": {
    text: "A range in a fact stands for one fact per value. Rules have no ranges; they can read a relation of the values.",
    wrong: 'r("a", 1)@1;\npost(X, 1..3) :- r(X, 1);',
    right: 'r("a", 1..3)@1;\npost(X, Y) :- r(X, Y);',
  },
  "bad-range": {
    text: "A range has all values from its first end to its last, in steps of one. Both ends are integers, or strings that differ only in the digits at their end.",
    wrong: 'post("a", 3..1)@1;',
    right: 'post("a", 1..3)@1;',
  },
  "static-relation": {
    text: "A relation that //! everywhere names is static: it is the same at every node and instant. Facts define it, and rules that read only static relations. It is never sent, and has no @next or @N.",
    wrong: '//! everywhere quorum\nquorum(2)@1;\nr("a")@1;\nquorum(3)@next :- r(_);\npost(X) :- r(X), quorum(2);',
    right: '//! everywhere quorum\nquorum(2)@1;\nr("a")@1;\npost(X) :- r(X), quorum(2);',
  },
  "wildcard-in-head": {
    text: "In a body, _ matches any value. A head needs a definite value.",
    wrong: 'r("a", 1)@1;\npost(X, _) :- r(X, 1);',
    right: 'r("a", 1)@1;\npost(X, Y) :- r(X, Y);',
  },
  "unknown-aggregate": {
    text: "The aggregates are count, min, max, sum and avg. They range over distinct values.",
    wrong: 'r("a", 1)@1;\npost(X, total<Y>) :- r(X, Y);',
    right: 'r("a", 1)@1;\npost(X, sum<Y>) :- r(X, Y);',
  },
  "aggregate-over-wildcard": {
    text: "An aggregate ranges over the values of a variable, and _ is not a variable.",
    wrong: 'r("a", 1)@1;\npost(X, count<_>) :- r(X, _);',
    right: 'r("a", 1)@1;\npost(X, count<Y>) :- r(X, Y);',
  },
  "aggregate-variables": {
    text: "count, max and min take several variables; sum and avg take one, with keys after by: sum<V by K>. Other combinations have no meaning.",
    wrong: 'r("a", 1, 2)@1;\npost(X, avg<Y, Z>) :- r(X, Y, Z);',
    right: 'r("a", 1, 2)@1;\npost(X, avg<Y>) :- r(X, Y, _);',
  },
  "aggregate-misplaced": {
    text: "A group must be complete before it is aggregated. So an aggregate is a whole argument of a head, and another rule reads the result.",
    wrong: 'r("a", 1)@1;\npost(X) :- r(X, Y), count<Y> > 1;',
    right: 'r("a", 1)@1;\nn(X, count<Y>) :- r(X, Y);\npost(X) :- n(X, N), N > 0;',
  },
  "no-positive-literal": {
    text: "Positive atoms determine where and for which values a rule fires. Negations and comparisons only exclude values.",
    wrong: 'r("a")@1;\npost("b") :- notin r("b");',
    right: 'r("a")@1;\nnode("b")@1;\npost(X) :- node(X), notin r(X);',
  },
  "reserved-relation": {
    text: "crash holds the crashes of the schedule, and clock is reserved because Molly's programs use it. Choose another name.",
    wrong: 'crash("a", "b", 1)@1;\npost("a")@1;',
    right: 'crashed("a", "b", 1)@1;\npost(X) :- crashed(X, _, _);',
  },
  "unbound-variable": {
    text: "Every variable gets its values from a positive atom, or from == with only bound variables on the other side.",
    wrong: 'r("a")@1;\npost(X, Y) :- r(X);',
    right: 'r("a", "b")@1;\npost(X, Y) :- r(X, Y);',
  },
  "unbound-in-negations": {
    text: 'A variable that occurs in one negation only means "any value". In two negations it would have to be the same value in both, so a positive atom must bind it.',
    wrong: 'r("a")@1;\ns("a", 1)@1;\nt("a", 1)@1;\npost(X) :- r(X), notin s(X, Y), notin t(X, Y);',
    right: 'r("a", 1)@1;\ns("a", 1)@1;\nt("a", 1)@1;\npost(X) :- r(X, Y), notin s(X, Y), notin t(X, Y);',
  },
  "no-sender": {
    text: "A message is sent from the location of its rule's first atom, so that location must be bound by the body.",
    wrong: 'r("a", "b")@1;\npost(Y)@async :- r(_, Y);',
    right: 'r("a", "b")@1;\npost(Y)@async :- r(X, Y);',
  },
  "sender-not-in-group": {
    text: "A message has one sender, so an aggregate in it may combine only tuples of that node: the sender must be a plain argument of the head.",
    wrong: 'r("a", "b", 1)@1;\npost(Y, count<Z>)@async :- r(X, Y, Z);',
    right: 'r("a", "b", 1)@1;\nn(X, Y, count<Z>) :- r(X, Y, Z);\npost(Y, X, N)@async :- n(X, Y, N);',
  },
  arity: {
    text: "Every use of a relation has the same number of columns. The number that most uses have is taken as intended, and the others are reported.",
    wrong: 'r("a", 1)@1;\nr("b")@1;\npost(X, Y) :- r(X, Y);',
    right: 'r("a", 1)@1;\nr("b", 2)@1;\npost(X, Y) :- r(X, Y);',
  },
  "type-conflict": {
    text: "A column holds integers or strings, not both. A comparison between the two would never hold, so it is an error.",
    wrong: 'r("a", 1)@1;\npost(X) :- r(X, Y), Y == "1";',
    right: 'r("a", 1)@1;\npost(X) :- r(X, Y), Y == 1;',
  },
  unstratifiable: {
    text: "Whether the tuple holds would depend on its own absence, or on an aggregate over itself, at the same instant. A rule with @next or @async breaks the cycle.",
    wrong: 'r("a")@1;\npost(X) :- r(X), notin p(X);\np(X) :- r(X), notin post(X);',
    right: 'r("a")@1;\npost(X) :- r(X), notin p(X);\np(X)@next :- r(X), notin post(X);',
  },
  "bad-directive": {
    text: "A comment that starts with //! is part of the program, or asks for a check. Ordinary comments start with // alone.",
    wrong: '//! durable Log\npost("a")@1;',
    right: '//! durable post\npost("a")@1;\npost(X)@next :- post(X);',
  },
  "undefined-relation": {
    text: "No fact and no rule defines the relation that the line names. Most likely its name is misspelt.",
    wrong: '//! durable lgo\nlog("a")@1;\nlog(X)@next :- log(X);\npost(X) :- log(X);',
    right: '//! durable log\nlog("a")@1;\nlog(X)@next :- log(X);\npost(X) :- log(X);',
  },
  "durable-and-forgets": {
    text: "A restart either keeps a relation or forgets it, so it cannot be in both lines.",
    wrong: '//! durable post\n//! forgets post\npost("a")@1;\npost(X)@next :- post(X);',
    right: '//! durable post\npost("a")@1;\npost(X)@next :- post(X);',
  },
  "repeated-input": {
    text: "An input is a choice: the fact holds or does not. A fact that holds anyway leaves no choice.",
    wrong: '//! maybe post("a")@1\npost("a")@1;',
    right: '//! maybe post("a")@1\npost("b")@1;',
  },
  "repeated-promise": {
    text: "The command line and reports identify promises by their names.",
    wrong: '//! promise kept post=a\n//! promise kept post=b\na("x")@1;\nb("x")@1;',
    right: '//! promise kept post=a\n//! promise known post=b\na("x")@1;\nb("x")@1;',
  },
  "message-of-observer": {
    text: "An observer relation is not part of the system: no node has it, so no message can carry it or depend on it.",
    wrong: '//! observer seen\nr("a", "b")@1;\nseen(Y)@async :- r(X, Y);\npost(Y) :- seen(Y);',
    right: '//! observer seen\nr("a", "b")@1;\nseen(Y) :- r(_, Y);\npost(Y) :- seen(Y);',
  },
} as const satisfies Readonly<Record<string, Page>>;

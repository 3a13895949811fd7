import type { Page } from "./page.js";

/** Of errors in the program text. */
export const textPages = {
  syntax: {
    text: "The parser read as far as the marked place and found something that cannot stand there. The message says what was expected. Each statement is read by itself, so the others are checked all the same.",
    wrong: 'r("a")@1;\npost(X) :- r(X), ;',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unexpected-character": {
    text: "Outside strings and comments a program consists of names, integers, and the signs of the language. Typographic quotes and signs of other languages are most often the cause.",
    wrong: "r('a')@1;\npost(X) :- r(X);",
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unclosed-string": {
    text: 'A string ends at the next double quote; this one is missing. Inside a string a quote is written \\".',
    wrong: 'r("a)@1;\npost(X) :- r(X);',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unclosed-comment": {
    text: "Everything after /* is comment until the next */, and there is none.",
    wrong: 'post("a")@1;\n/* to do',
    right: 'post("a")@1;\n/* to do */',
  },
  "integer-out-of-range": {
    text: "Integers are exact up to 9007199254740991. A longer number is most often an identifier, and can be a string.",
    wrong: 'post("a", 9007199254740993)@1;',
    right: 'post("a", "9007199254740993")@1;',
  },
  "missing-semicolon": {
    text: "Every statement ends with ;. Where the next one begins is guessed, so that both are checked.",
    wrong: 'r("a")@1\npost(X) :- r(X);',
    right: 'r("a")@1;\npost(X) :- r(X);',
  },
  "unquoted-constant": {
    text: "A word that begins in lower case is the name of a relation. As a value it is a string and stands in double quotes; if a variable is meant, it begins in upper case.",
    wrong: "post(a)@1;",
    right: 'post("a")@1;',
  },
  "single-equals": {
    text: "Nothing is assigned in a rule: == compares, and binds a variable that nothing else binds.",
    wrong: 'r("a")@1;\npost(X) :- r(X), X = "a";',
    right: 'r("a")@1;\npost(X) :- r(X), X == "a";',
  },
  "no-arguments": {
    text: "The first column of a tuple is its location, the node where it is. So every relation has a column.",
    wrong: 'ready()@1;\npost(X) :- r(X), ready();\nr("a")@1;',
    right: 'ready("a")@1;\npost(X) :- r(X), ready(X);\nr("a")@1;',
  },
  "unknown-time": {
    text: "After @ stands an instant, next (one instant later, at the same node) or async (as a message).",
    wrong: 'r("a")@1;\npost(X)@Next :- r(X);',
    right: 'r("a")@1;\npost(X)@next :- r(X);',
  },
  "nesting-too-deep": {
    text: "Expressions are read recursively, so their nesting has a limit that no program by hand comes near.",
    wrong: `post("a", ${"(".repeat(201)}1${")".repeat(201)})@1;`,
    right: 'post("a", 1)@1;',
  },
  "expression-too-long": {
    text: "An expression has a limit of 1000 operators. Bind parts of it to variables with ==.",
    wrong: `r("a", 1)@1;\npost(X, ${"Y + ".repeat(1001)}Y) :- r(X, Y);`,
    right: 'r("a", 1)@1;\npost(X, Y * 1002) :- r(X, Y);',
  },
  "too-many-errors": {
    text: "After 100 errors in one file the rest of it is not read: it is most often no Dedalus at all.",
    wrong: `${"r(;\n".repeat(102)}post("a")@1;`,
    right: 'post("a")@1;',
  },
  "fact-without-time": {
    text: "A fact holds at one instant, mostly the first. To hold later too it needs a rule that carries it.",
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
    text: "A rule derives its head at the instant of its body, at the next one, or as a message. To derive at one instant only, read a fact of that instant.",
    wrong: 'r("a")@1;\npost(X)@3 :- r(X);',
    right: 'r("a")@1;\nr("a")@3;\npost(X) :- r(X)@3;',
  },
  "body-time": {
    text: "A body reads the instant at which the rule is evaluated; what comes later is said by the head.",
    wrong: 'r("a")@1;\npost(X) :- r(X)@next;',
    right: 'r("a")@1;\npost(X)@next :- r(X);',
  },
  "time-before-one": { text: "The instants are 1 to EOT.", wrong: 'post("a")@0;', right: 'post("a")@1;' },
  "range-misplaced": {
    text: "A range in a fact stands for one fact for each value. A rule computes its values, so it has no ranges.",
    wrong: 'r("a", 1)@1;\npost(X, 1..3) :- r(X, 1);',
    right: 'r("a", 1..3)@1;\npost(X, Y) :- r(X, Y);',
  },
  "bad-range": {
    text: "A range goes from its first end to its last, both included, in steps of one, between values of one kind.",
    wrong: 'post("a", 3..1)@1;',
    right: 'post("a", 1..3)@1;',
  },
  "static-relation": {
    text: "A relation that //! everywhere names is configuration: the same at every node and instant. It is given by facts, at instant 1, and read; nothing derives or sends it.",
    wrong: '//! everywhere quorum\nquorum(2)@1;\nr("a")@1;\nquorum(3)@next :- r(_);\npost(X) :- r(X), quorum(2);',
    right: '//! everywhere quorum\nquorum(2)@1;\nr("a")@1;\npost(X) :- r(X), quorum(2);',
  },
  "wildcard-in-head": {
    text: "_ matches any value in a body, and is none in a head.",
    wrong: 'r("a", 1)@1;\npost(X, _) :- r(X, 1);',
    right: 'r("a", 1)@1;\npost(X, Y) :- r(X, Y);',
  },
  "unknown-aggregate": {
    text: "The aggregates are count, min, max, sum and avg, each over the distinct values of one variable.",
    wrong: 'r("a", 1)@1;\npost(X, total<Y>) :- r(X, Y);',
    right: 'r("a", 1)@1;\npost(X, sum<Y>) :- r(X, Y);',
  },
  "aggregate-over-wildcard": {
    text: "An aggregate ranges over the distinct values of a variable, and _ has none.",
    wrong: 'r("a", 1)@1;\npost(X, count<_>) :- r(X, _);',
    right: 'r("a", 1)@1;\npost(X, count<Y>) :- r(X, Y);',
  },
  "aggregate-variables": {
    text: "Several variables, and by, say which tuples are told apart and which decide; they mean something only in the aggregates that the language page names.",
    wrong: 'r("a", 1, 2)@1;\npost(X, avg<Y, Z>) :- r(X, Y, Z);',
    right: 'r("a", 1, 2)@1;\npost(X, avg<Y>) :- r(X, Y, _);',
  },
  "aggregate-misplaced": {
    text: "A group must be complete before it is counted. So an aggregate is a whole argument of a head, and another rule reads it.",
    wrong: 'r("a", 1)@1;\npost(X) :- r(X, Y), count<Y> > 1;',
    right: 'r("a", 1)@1;\nn(X, count<Y>) :- r(X, Y);\npost(X) :- n(X, N), N > 0;',
  },
  "no-positive-literal": {
    text: "A positive atom says where, and for which values, a rule fires. Negations and comparisons only exclude.",
    wrong: 'r("a")@1;\npost("b") :- notin r("b");',
    right: 'r("a")@1;\nnode("b")@1;\npost(X) :- node(X), notin r(X);',
  },
  "reserved-relation": {
    text: "crash, restart and the like are filled by the faults of a schedule, and clock is kept for Molly's programs. Call a relation of your own otherwise.",
    wrong: 'crash("a", "b", 1)@1;\npost("a")@1;',
    right: 'crashed("a", "b", 1)@1;\npost(X) :- crashed(X, _, _);',
  },
  "unbound-variable": {
    text: "Every variable gets its values from a positive atom, or from == with bound variables on the other side. Otherwise it could be anything.",
    wrong: 'r("a")@1;\npost(X, Y) :- r(X);',
    right: 'r("a", "b")@1;\npost(X, Y) :- r(X, Y);',
  },
  "unbound-in-negations": {
    text: 'A variable in one negation alone means "any". In two of them it would have to mean the same any, which no rule can say; bind it by a positive atom.',
    wrong: 'r("a")@1;\ns("a", 1)@1;\nt("a", 1)@1;\npost(X) :- r(X), notin s(X, Y), notin t(X, Y);',
    right: 'r("a", 1)@1;\ns("a", 1)@1;\nt("a", 1)@1;\npost(X) :- r(X, Y), notin s(X, Y), notin t(X, Y);',
  },
  "no-sender": {
    text: "A message leaves the place of its rule's first atom, which so has to be a node that the body binds.",
    wrong: 'r("a", "b")@1;\npost(Y)@async :- r(_, Y);',
    right: 'r("a", "b")@1;\npost(Y)@async :- r(X, Y);',
  },
  "sender-not-in-group": {
    text: "An aggregate as a message is of one sender: the location has to be a column of the group, or the tuples of several nodes would be counted without being sent.",
    wrong: 'r("a", "b", 1)@1;\npost(Y, count<Z>)@async :- r(X, Y, Z);',
    right: 'r("a", "b", 1)@1;\nn(X, Y, count<Z>) :- r(X, Y, Z);\npost(Y, X, N)@async :- n(X, Y, N);',
  },
  arity: {
    text: "A relation has the number of columns with which most of the program uses it; the odd use is reported.",
    wrong: 'r("a", 1)@1;\nr("b")@1;\npost(X, Y) :- r(X, Y);',
    right: 'r("a", 1)@1;\nr("b", 2)@1;\npost(X, Y) :- r(X, Y);',
  },
  "type-conflict": {
    text: "A column holds integers or strings. A comparison of the two would never hold, so it is refused.",
    wrong: 'r("a", 1)@1;\npost(X) :- r(X, Y), Y == "1";',
    right: 'r("a", 1)@1;\npost(X) :- r(X, Y), Y == 1;',
  },
  unstratifiable: {
    text: "Whether the tuple is there would depend on its own absence at the same instant. An @next or @async in the cycle breaks it: then the past decides.",
    wrong: 'r("a")@1;\npost(X) :- r(X), notin p(X);\np(X) :- r(X), notin post(X);',
    right: 'r("a")@1;\npost(X) :- r(X), notin p(X);\np(X)@next :- r(X), notin post(X);',
  },
  "bad-directive": {
    text: "A comment that starts with //! is part of the program, or asks for a check. Ordinary comments start with // alone.",
    wrong: '//! durable Log\npost("a")@1;',
    right: '//! durable post\npost("a")@1;\npost(X)@next :- post(X);',
  },
  "undefined-relation": {
    text: "The line speaks of a relation that no fact and no rule defines: most likely its name is misspelt.",
    wrong: '//! durable lgo\nlog("a")@1;\nlog(X)@next :- log(X);\npost(X) :- log(X);',
    right: '//! durable log\nlog("a")@1;\nlog(X)@next :- log(X);\npost(X) :- log(X);',
  },
  "durable-and-forgets": {
    text: "After a restart the relation is there or it is not.",
    wrong: '//! durable post\n//! forgets post\npost("a")@1;\npost(X)@next :- post(X);',
    right: '//! durable post\npost("a")@1;\npost(X)@next :- post(X);',
  },
  "repeated-input": {
    text: "An input is open: the fact may be there or not. A fact that is there anyway leaves nothing open.",
    wrong: '//! maybe post("a")@1\npost("a")@1;',
    right: '//! maybe post("a")@1\npost("b")@1;',
  },
  "repeated-promise": {
    text: "Promises are told apart by their names, on the command line and in reports.",
    wrong: '//! promise kept post=a\n//! promise kept post=b\na("x")@1;\nb("x")@1;',
    right: '//! promise kept post=a\n//! promise known post=b\na("x")@1;\nb("x")@1;',
  },
  "message-of-observer": {
    text: "An observer sees the whole system and is no part of it: it sends nothing that could be lost.",
    wrong: '//! observer seen\nr("a", "b")@1;\nseen(Y)@async :- r(X, Y);\npost(Y) :- seen(Y);',
    right: '//! observer seen\nr("a", "b")@1;\nseen(Y) :- r(_, Y);\npost(Y) :- seen(Y);',
  },
} as const satisfies Readonly<Record<string, Page>>;

import type { Page } from "./page.js";

const broadcast = `node("a", "b")@1; node(X, Y)@next :- node(X, Y);
bcast("a", "hi")@1;
log(X, P) :- bcast(X, P); log(X, P)@next :- log(X, P);
log(Y, P)@async :- log(X, P), node(X, Y);
pre(P) :- log(_, P);
post(P) :- log("b", P);`;

const bothHeard = `m("a", "b")@1; m("b", "a")@1;
heard(Y)@async :- m(X, Y);
heard(X)@next :- heard(X);
pre(X) :- heard(X), heard(Y), X != Y;
post(X) :- heard(X);`;

const withEvidence = `//! durable log
${broadcast}
seen(X, P) :- log(X, P), log(Y, P), X != Y;
seen(X, P)@next :- seen(X, P);
never(X, P) :- seen(X, P), notin log(X, P);`;

/** Of files, the parameters of a check, evaluation, adequacy and lint. */
export const checkPages = {
  "file-missing": {
    text: "The path is relative to the folder in which the command runs.",
    kind: "command",
    wrong: "ldfi check brodcast.ded",
    right: "ldfi check broadcast.ded",
  },
  "file-unreadable": {
    text: "The file is there, but cannot be read: permissions, a folder in its place, or text that is not UTF-8.",
    kind: "command",
    wrong: "ldfi check programs",
    right: "ldfi test programs",
  },
  "include-missing": {
    text: "An included file is looked for beside the file that includes it, then beside the files named on the command line, then in the folders of --include-dir.",
    wrong: 'include "nowhere.ded";\npost("a")@1;',
    right: 'post("a")@1;',
  },
  "pre-without-post": {
    text: "pre says what is promised, post that the promise is kept. With pre alone there is nothing to keep it by.",
    wrong: 'log("a")@1;\npre(X) :- log(X);',
    right: 'log("a")@1;\npre(X) :- log(X);\npost(X) :- log(X);',
  },
  "unknown-outcome": {
    text: "The option names a relation that no fact and no rule of the program defines.",
    wrong: 'kept("a")@1;',
    options: "--post ketp",
    right: 'kept("a")@1;',
    rightOptions: "--post kept",
  },
  "unknown-promise": {
    text: "The promises of a program are its //! promise lines, by their names.",
    wrong: '//! promise kept post=log\nlog("a")@1;',
    options: "--promise ketp",
    right: '//! promise kept post=log\nlog("a")@1;',
    rightOptions: "--promise kept",
  },
  "outcome-arity": {
    text: "Each tuple of pre at EOT must also be in post, so both have the same columns.",
    wrong: 'log("a", 1)@1;\npre(X, Y) :- log(X, Y);\npost(X) :- log(X, _);',
    right: 'log("a", 1)@1;\npre(X, Y) :- log(X, Y);\npost(X, Y) :- log(X, Y);',
  },
  "nothing-to-check": {
    text: "Without pre, post and never, what persists has to survive; and nothing of the program persists.",
    wrong: 'r("a")@1;',
    right: 'r("a")@1;\nr(X)@next :- r(X);',
  },
  "bad-expectation": {
    text: "A //! check or //! run line is a test. One that does not parse would pass unseen, so it is an error.",
    wrong: '//! check eot=four expect=holds\npost("a")@1;',
    right: '//! check eot=4 expect=holds\npost("a")@1;',
  },
  "bad-option": {
    text: "A parameter of a check is outside its range, or contradicts another; the message says which.",
    wrong: broadcast,
    options: "--eot 0",
    right: broadcast,
    rightOptions: "--eot 4",
  },
  "eff-beyond-eot": {
    text: "Messages sent before EFF may be lost, and none is sent after EOT: a larger EFF changes nothing.",
    wrong: broadcast,
    options: "--eot 4 --eff 9",
    right: broadcast,
    rightOptions: "--eot 4 --eff 3",
  },
  "own-restart": {
    text: "restart(N) is built in where restarts are possible. A program that defines a relation of that name does not see the restarts of the schedule.",
    wrong: `${broadcast}\nrestart("a")@1;\npost(P) :- restart(P);`,
    options: "--eot 4 --restarts 1",
    right: `${broadcast}\nagain("a")@1;\npost(P) :- again(P);`,
  },
  "restarts-without-specification": {
    text: "Without pre and post, what persists has to survive, and a restart forgets just that. Write a specification, or say by //! durable what survives.",
    wrong: 'log("a", "b")@1;\nlog(X, Y)@next :- log(X, Y);\nm(Y)@async :- log(X, Y);\nm(X)@next :- m(X);',
    options: "--eot 4 --restarts 1",
    right:
      '//! durable m\nlog("a", "b")@1;\nlog(X, Y)@next :- log(X, Y);\nm(Y)@async :- log(X, Y);\nm(X)@next :- m(X);\npost(X) :- m(X);',
  },
  "nothing-durable": {
    text: "No //! durable line says what is on disk, so a node that restarts knows its configuration only. Most protocols write something down.",
    wrong: broadcast,
    options: "--eot 4 --restarts 1",
    right: `//! durable log\n${broadcast}`,
  },
  "witness-forgotten": {
    text: "What never or post looks at is carried at a node that a restart makes forget: a violation could be seen and forgotten. Keep the evidence in an observer relation or make it durable.",
    wrong: withEvidence,
    options: "--eot 4 --restarts 1",
    right: `//! observer seen\n${withEvidence}`,
  },
  "no-such-fault": {
    text: "The option asks for faults of a kind of which the budget admits none: no message is sent early enough, or no node is left that could have one.",
    wrong: broadcast,
    options: "--eot 4 --eff 1 --delays 1",
    right: broadcast,
    rightOptions: "--eot 4 --eff 3 --delays 1",
  },
  "unknown-node": {
    text: "A node that nothing in the program mentions sends and receives nothing. Most likely its name is misspelt.",
    wrong: broadcast,
    options: "--eot 4 --nodes a,b,x",
    right: broadcast,
    rightOptions: "--eot 4 --nodes a,b",
  },
  "division-by-zero": {
    text: "A rule divided by zero under a schedule, which the message names. Exclude the case before dividing: literals are evaluated as a whole, so by a rule of its own.",
    wrong: 'd("a", 0)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;',
    right: 'd("a", 2)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;',
  },
  "integer-overflow": {
    text: "Integers are exact up to 9007199254740991, and a result beyond them is refused, not rounded.",
    wrong: 'd("a", 9007199254740991)@1;\npost(X, Y) :- d(X, Z), Y == Z + 1;',
    right: 'd("a", 9007199254740990)@1;\npost(X, Y) :- d(X, Z), Y == Z + 1;',
  },
  "too-many-tuples": {
    text: "A rule that computes new values from its own derives without end; a join without a shared variable derives the product. --max-tuples raises the limit.",
    wrong: 'r("a", 1)@1;\nr(X, Y + 1) :- r(X, Y);\npost(X) :- r(X, _);',
    options: "--max-tuples 1000",
    right: 'r("a", 1)@1;\nr(X, Y + 1)@next :- r(X, Y);\npost(X) :- r(X, _);',
  },
  vacuous: {
    text: "pre is empty under every schedule, so nothing is promised, and whatever the protocol does keeps it. EOT may be too small, or pre may ask for what never comes.",
    wrong: `${broadcast.replace("pre(P) :- log(_, P);", 'pre(P) :- log("c", P);')}`,
    options: "--eot 4",
    right: broadcast,
  },
  "vacuous-under-faults": {
    text: "Every fault of the budget empties pre: the promise is made in the run without faults alone. pre most likely asks more than it should of what faults take away.",
    wrong: bothHeard,
    options: "--eot 4 --eff 2",
    right: bothHeard.replace("pre(X) :- heard(X), heard(Y), X != Y;", "pre(X) :- heard(X);"),
  },
  "out-of-reach": {
    text: "No schedule brings a tuple of never about, not even one beyond the protocol's care: it is most likely misspelt or asks for what cannot be.",
    wrong: `${broadcast}\nnever(P) :- log("b", P), crash("b", "b", _);`,
    options: "--eot 4",
    right: `${broadcast}\nnever(P) :- log("b", P), crash("b", "b", _);`,
    rightOptions: "--eot 4 --crashes 1",
  },
  unsettled: {
    text: "At EOT what pre and post rest on still changes, so a later EOT may have another verdict. The message says from which EOT on nothing changes any more.",
    wrong: broadcast,
    options: "--eot 2",
    right: broadcast,
    rightOptions: "--eot 4",
  },
  "not-reached": {
    text: "A //! reach line says what some schedule is to bring about, so that a budget or a program that cannot is noticed.",
    wrong: `//! reach log("z", _)\n${broadcast}`,
    options: "--eot 4",
    right: `//! reach log("b", _)\n${broadcast}`,
  },
  "relation-never-filled": {
    text: "Under no schedule of the budget does the relation hold anything: the rules that read it are not put to the test. EOT may be too small.",
    wrong: `${broadcast}\nlate(X, P) :- log(X, P), bcast(X, "bye");\nlog(Y, P)@async :- late(X, P), node(X, Y);`,
    options: "--eot 4",
    right: broadcast,
  },
  "nothing-to-lose": {
    text: "No fault of the budget touches the program: no message is sent before EFF, and no node of it can fail. The verdict is that of the run without faults.",
    wrong: broadcast,
    options: "--eot 4 --eff 1",
    right: broadcast,
    rightOptions: "--eot 4 --eff 3",
  },
  "kind-without-effect": {
    text: "Faults of this kind were asked for, but none of them can change anything in the program.",
    wrong: broadcast,
    options: "--eot 4 --duplicates 1",
    right: broadcast,
    rightOptions: "--eot 4",
  },
  "rule-never-fires": {
    text: "Under no schedule of the budget does the rule fire: it is not put to the test. EOT may be too small, a name misspelt, or the rule needless.",
    wrong: `${broadcast}\npost(P) :- log("c", P);`,
    options: "--eot 4",
    right: broadcast,
  },
  "message-to-non-node": {
    text: "The receiver, or the sender, is a string that is no node: --nodes does not name it. The message is never delivered.",
    wrong: `${broadcast}\nnode("a", "c")@1;`,
    options: "--eot 4 --nodes a,b",
    right: `${broadcast}\nnode("a", "c")@1;`,
    rightOptions: "--eot 4 --nodes a,b,c",
  },
  "unknown-relation": {
    text: "The relation is read, but nothing defines it: it is always empty. Most likely its name is misspelt.",
    wrong: 'log("a")@1;\npost(X) :- lgo(X);\npre(X) :- log(X);',
    right: 'log("a")@1;\npost(X) :- log(X);\npre(X) :- log(X);',
  },
  "unread-relation": {
    text: "The relation is defined, and nothing reads it, nor is it part of the specification: what it says has no effect.",
    wrong: 'log("a")@1;\nseen(X) :- log(X);\npost(X) :- log(X);',
    right: 'log("a")@1;\nseen(X) :- log(X);\npost(X) :- seen(X);',
  },
  "single-use-variable": {
    text: "A variable that occurs once matches any value, as _ does, or is a misspelling of another.",
    wrong: 'log("a", 1)@1;\npost(X) :- log(X, Paylaod);',
    right: 'log("a", 1)@1;\npost(X) :- log(X, _);',
  },
  "remote-read": {
    text: "A node knows its own state, and of others what messages told it. A rule of the protocol that reads or writes elsewhere assumes a network that is never slow and never fails.",
    wrong: `${broadcast.replace("log(Y, P)@async :- log(X, P), node(X, Y);", "m(Y, P)@async :- log(X, P), node(X, Y), log(Y, _);\nlog(X, P) :- m(X, P);")}`,
    right: broadcast,
  },
  "protocol-reads-crash": {
    text: "crash is what the schedule does: an observer may know it, and the specification may excuse the dead. A protocol that reads it has a perfect failure detector, which no network has.",
    wrong: `${broadcast.replace("log(X, P), node(X, Y)", "log(X, P), node(X, Y), notin crash(X, Y, _)")}`,
    right: broadcast,
  },
  "forgets-nothing": {
    text: "The relation is not kept over a restart anyway, so the line changes nothing.",
    wrong: `//! forgets log\n${broadcast}`,
    right: `//! forgets node\n${broadcast}`,
  },
  "nothing-carried": {
    text: "Durable is what an @next rule carries from instant to instant; a relation that none carries is gone at the next instant, with or without a restart.",
    wrong: `//! durable bcast\n${broadcast}`,
    right: `//! durable log\n${broadcast}`,
  },
  "independent-extremes": {
    text: "Each extreme is taken by itself: the highest term and the longest log need not be of one node. To find the tuple that is first by one column, write one aggregate of several variables, max<T, L>.",
    wrong: 'r("a", 1, 2)@1;\npost(N, max<T>, max<L>) :- r(N, T, L);',
    right: 'r("a", 1, 2)@1;\npost(N, max<T, L>) :- r(N, T, L);',
  },
  "repeated-fact": {
    text: "Relations are sets: a tuple is there or not, and two equal payments are one payment. What makes them two, such as a number of the payment, has to be a column.",
    wrong: 'pay("a", 10)@1;\npay("a", 10)@1;\npost(N, sum<X>) :- pay(N, X);',
    right: 'pay("a", 1, 10)@1;\npay("a", 2, 10)@1;\npost(N, sum<X by I>) :- pay(N, I, X);',
  },
  "aggregate-collapses": {
    text: "An aggregate ranges over the distinct values of its variable. Where the body keeps equal values of several tuples apart, they are counted once: two votes of 1 sum to 1.",
    wrong:
      'vote("a", "x", 1)@1;\nvote("a", "y", 1)@1;\npost(N, sum<W>) :- vote(N, V, W), known(N, V);\nknown("a", "x")@1;\nknown("a", "y")@1;',
    right:
      'vote("a", "x", 1)@1;\nvote("a", "y", 1)@1;\npost(N, count<V>) :- vote(N, V, _), known(N, V);\nknown("a", "x")@1;\nknown("a", "y")@1;',
  },
} as const satisfies Readonly<Record<string, Page>>;

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

/** The codes of files, the parameters of a check, evaluation, adequacy and lints. */
export const checkPages = {
  "file-missing": {
    text: "The path is relative to the folder in which the command runs.",
    kind: "command",
    wrong: "ldfi check brodcast.ded",
    right: "ldfi check broadcast.ded",
  },
  "file-unreadable": {
    text: "The file exists but cannot be read: permissions are missing, it is a folder, or its text is not UTF-8.",
    kind: "command",
    wrong: "ldfi check programs",
    right: "ldfi test programs",
  },
  "include-missing": {
    text: "An included file is searched for beside the file that includes it, then beside the files on the command line, then in the folders of --include-dir.",
    wrong: 'include "nowhere.ded";\npost("a")@1;',
    right: 'post("a")@1;',
  },
  "pre-without-post": {
    text: "pre says what is promised, and post what keeps the promise. With pre alone, no promise could be kept.",
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
    text: "The promises of a program are its //! promise lines. The option takes their names.",
    wrong: '//! promise kept post=log\nlog("a")@1;',
    options: "--promise ketp",
    right: '//! promise kept post=log\nlog("a")@1;',
    rightOptions: "--promise kept",
  },
  "outcome-arity": {
    text: "Each tuple of pre at EOT must also be in post, so both need the same number of columns.",
    wrong: 'log("a", 1)@1;\npre(X, Y) :- log(X, Y);\npost(X) :- log(X, _);',
    right: 'log("a", 1)@1;\npre(X, Y) :- log(X, Y);\npost(X, Y) :- log(X, Y);',
  },
  "nothing-to-check": {
    text: "Without pre, post and never, the relations that persist must survive all faults, and this program has none.",
    wrong: 'r("a")@1;',
    right: 'r("a")@1;\nr(X)@next :- r(X);',
  },
  "bad-expectation": {
    text: "A //! check or //! run line is a test. If one does not parse, it would be skipped silently, so it is an error.",
    wrong: '//! check eot=four expect=holds\npost("a")@1;',
    right: '//! check eot=4 expect=holds\npost("a")@1;',
  },
  "bad-option": {
    text: "A parameter of a check is outside of its range or contradicts another one; the message says which.",
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
    text: "Without pre, post and never, every tuple that persists must survive, but a restart forgets it. Write a specification, or name what survives in a //! durable line.",
    wrong: 'log("a", "b")@1;\nlog(X, Y)@next :- log(X, Y);\nm(Y)@async :- log(X, Y);\nm(X)@next :- m(X);',
    options: "--eot 4 --restarts 1",
    right:
      '//! durable m\nlog("a", "b")@1;\nlog(X, Y)@next :- log(X, Y);\nm(Y)@async :- log(X, Y);\nm(X)@next :- m(X);\npost(X) :- m(X);',
  },
  "nothing-durable": {
    text: "No //! durable line says what is on disk, so a node that restarts keeps only its configuration. Most protocols write some state to disk.",
    wrong: broadcast,
    options: "--eot 4 --restarts 1",
    right: `//! durable log\n${broadcast}`,
  },
  "witness-forgotten": {
    text: "The specification reads a relation that a node carries and a restart forgets, so a restart can hide a violation. Make the relation an observer relation or durable.",
    wrong: withEvidence,
    options: "--eot 4 --restarts 1",
    right: `//! observer seen\n${withEvidence}`,
  },
  "no-such-fault": {
    text: "The option asks for a kind of fault that cannot occur within the budget: there is no instant for it before EFF, or no node that could have it.",
    wrong: broadcast,
    options: "--eot 4 --eff 1 --delays 1",
    right: broadcast,
    rightOptions: "--eot 4 --eff 3 --delays 1",
  },
  "unknown-node": {
    text: "The program never mentions this node, so it sends and receives nothing. Most likely its name is misspelt.",
    wrong: broadcast,
    options: "--eot 4 --nodes a,b,x",
    right: broadcast,
    rightOptions: "--eot 4 --nodes a,b",
  },
  "division-by-zero": {
    text: "A rule divided by zero under the schedule that the message names. Exclude zero in the same rule, as in Y != 0.",
    wrong: 'd("a", 0)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;',
    right: 'd("a", 2)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;',
  },
  "integer-overflow": {
    text: "Integers are exact up to 9007199254740991. A larger result is an error; it is not rounded.",
    wrong: 'd("a", 9007199254740991)@1;\npost(X, Y) :- d(X, Z), Y == Z + 1;',
    right: 'd("a", 9007199254740990)@1;\npost(X, Y) :- d(X, Z), Y == Z + 1;',
  },
  "too-many-tuples": {
    text: "Two usual causes: a rule that computes new values from its own results never ends, and a join without a shared variable derives every combination. --max-tuples raises the limit.",
    wrong: 'r("a", 1)@1;\nr(X, Y + 1) :- r(X, Y);\npost(X) :- r(X, _);',
    options: "--max-tuples 1000",
    right: 'r("a", 1)@1;\nr(X, Y + 1)@next :- r(X, Y);\npost(X) :- r(X, _);',
  },
  vacuous: {
    text: "pre is empty under every schedule, so nothing is promised and the verdict says nothing about the protocol. EOT may be too small, or pre may require something that never happens.",
    wrong: `${broadcast.replace("pre(P) :- log(_, P);", 'pre(P) :- log("c", P);')}`,
    options: "--eot 4",
    right: broadcast,
  },
  "vacuous-under-faults": {
    text: "Every fault of the budget makes pre empty, so the promise is made only in the run without faults. Most likely pre requires something that any fault prevents.",
    wrong: bothHeard,
    options: "--eot 4 --eff 2",
    right: bothHeard.replace("pre(X) :- heard(X), heard(Y), X != Y;", "pre(X) :- heard(X);"),
  },
  "out-of-reach": {
    text: "No schedule can derive a tuple of never: each of its rules reads a relation that is empty under every schedule. A name may be misspelt, or the budget may lack the faults that it needs.",
    wrong: `${broadcast}\nnever(P) :- log("b", P), crash("b", "b", _);`,
    options: "--eot 4",
    right: `${broadcast}\nnever(P) :- log("b", P), crash("b", "b", _);`,
    rightOptions: "--eot 4 --crashes 1",
  },
  unsettled: {
    text: "The outcome still changes at EOT, so a later EOT may give another verdict. The message says from which EOT on it no longer changes.",
    wrong: broadcast,
    options: "--eot 2",
    right: broadcast,
    rightOptions: "--eot 4",
  },
  "not-reached": {
    text: "A //! reach line names tuples that some schedule should derive. This warning reports that none does, so the budget or the program is too small to test what was intended.",
    wrong: `//! reach log("z", _)\n${broadcast}`,
    options: "--eot 4",
    right: `//! reach log("b", _)\n${broadcast}`,
  },
  "relation-never-filled": {
    text: "The relation is empty under every schedule of the budget, so the rules that read it are not tested. EOT may be too small.",
    wrong: `${broadcast}\nlate(X, P) :- log(X, P), bcast(X, "bye");\nlog(Y, P)@async :- late(X, P), node(X, Y);`,
    options: "--eot 4",
    right: broadcast,
  },
  "nothing-to-lose": {
    text: "No fault of the budget can affect the program: no message is sent before EFF, and no node can fail. The verdict is that of the run without faults.",
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
    text: "The rule fires under no schedule of the budget, so it is not tested. EOT may be too small, a name may be misspelt, or the rule may be unnecessary.",
    wrong: `${broadcast}\npost(P) :- log("c", P);`,
    options: "--eot 4",
    right: broadcast,
  },
  "message-to-non-node": {
    text: "The receiver or the sender is a string that is not a node: --nodes does not name it. The message is never delivered.",
    wrong: `${broadcast}\nnode("a", "c")@1;`,
    options: "--eot 4 --nodes a,b",
    right: `${broadcast}\nnode("a", "c")@1;`,
    rightOptions: "--eot 4 --nodes a,b,c",
  },
  "unknown-relation": {
    text: "The relation is read, but nothing defines it, so it is always empty. Most likely its name is misspelt.",
    wrong: 'log("a")@1;\npost(X) :- lgo(X);\npre(X) :- log(X);',
    right: 'log("a")@1;\npost(X) :- log(X);\npre(X) :- log(X);',
  },
  "unread-relation": {
    text: "The relation is defined, but nothing reads it and it is not part of the specification, so it has no effect.",
    wrong: 'log("a")@1;\nseen(X) :- log(X);\npost(X) :- log(X);',
    right: 'log("a")@1;\nseen(X) :- log(X);\npost(X) :- seen(X);',
  },
  "single-use-variable": {
    text: "A variable that occurs once matches any value, as _ does. Often it is a misspelling of another variable.",
    wrong: 'log("a", 1)@1;\npost(X) :- log(X, Paylaod);',
    right: 'log("a", 1)@1;\npost(X) :- log(X, _);',
  },
  "remote-read": {
    text: "A node knows only its own state and what it received in messages. A protocol rule that reads or writes at another node assumes a network without delays and failures.",
    wrong: `${broadcast.replace("log(Y, P)@async :- log(X, P), node(X, Y);", "m(Y, P)@async :- log(X, P), node(X, Y), log(Y, _);\nlog(X, P) :- m(X, P);")}`,
    right: broadcast,
  },
  "protocol-reads-crash": {
    text: "crash holds the crashes of the schedule. The specification may read it, for example to exempt crashed nodes. A protocol that reads it has a perfect failure detector, which does not exist in a real network.",
    wrong: `${broadcast.replace("log(X, P), node(X, Y)", "log(X, P), node(X, Y), notin crash(X, Y, _)")}`,
    right: broadcast,
  },
  "forgets-nothing": {
    text: "A restart forgets the relation anyway, so the line has no effect.",
    wrong: `//! forgets log\n${broadcast}`,
    right: `//! forgets node\n${broadcast}`,
  },
  "nothing-carried": {
    text: "A durable relation survives because an @next rule carries it through the restart. A relation without such a rule is gone at the next instant, with or without a restart.",
    wrong: `//! durable bcast\n${broadcast}`,
    right: `//! durable log\n${broadcast}`,
  },
  "independent-extremes": {
    text: "Each extreme is taken separately: the highest term and the longest log may come from different tuples. To find one greatest tuple, compared column by column, write max<T, L>.",
    wrong: 'r("a", 1, 2)@1;\npost(N, max<T>, max<L>) :- r(N, T, L);',
    right: 'r("a", 1, 2)@1;\npost(N, max<T, L>) :- r(N, T, L);',
  },
  "repeated-fact": {
    text: "Relations are sets, so two equal payments are one tuple. Whatever distinguishes them, such as a payment number, must be a column.",
    wrong: 'pay("a", 10)@1;\npay("a", 10)@1;\npost(N, sum<X>) :- pay(N, X);',
    right: 'pay("a", 1, 10)@1;\npay("a", 2, 10)@1;\npost(N, sum<X by I>) :- pay(N, I, X);',
  },
  "aggregate-collapses": {
    text: "An aggregate ranges over the distinct values of its variable. Equal values from several tuples of the body count once: two amounts of 1 have the sum 1.",
    wrong:
      'vote("a", "x", 1)@1;\nvote("a", "y", 1)@1;\npost(N, sum<W>) :- vote(N, V, W), known(N, V);\nknown("a", "x")@1;\nknown("a", "y")@1;',
    right:
      'vote("a", "x", 1)@1;\nvote("a", "y", 1)@1;\npost(N, count<V>) :- vote(N, V, _), known(N, V);\nknown("a", "x")@1;\nknown("a", "y")@1;',
  },
} as const satisfies Readonly<Record<string, Page>>;

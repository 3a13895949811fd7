// Larger variants of programs of the library, made by replacing the facts that fix their size. Each function writes
// its files into a folder and returns the path of the program.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const programs = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "programs");

/** Names that sort in the order of their numbers. */
function names(prefix, n) {
  const width = String(n).length;
  return Array.from({ length: n }, (_, i) => prefix + String(i + 1).padStart(width, "0"));
}

/** Copies files of a folder of the library, changed where `change` says so. */
function variant(folder, name, into, change) {
  mkdirSync(into, { recursive: true });
  const copy = (file) => {
    const text = readFileSync(join(programs, folder, file), "utf8");
    writeFileSync(join(into, file), change(file, text));
    for (const [, included] of text.matchAll(/^include "(.*?)";/gm)) copy(included);
  };
  copy(`${name}.ded`);
  return join(into, `${name}.ded`);
}

/** The facts of a relation replaced by others, where the first of them stood. */
function replaceFacts(text, relation, facts) {
  const old = new RegExp(`^${relation}\\(("[^)]*)\\)@1;\\n`, "gm");
  const start = text.search(old);
  if (start === -1) throw new Error(`no facts of ${relation}`);
  const rest = text.replace(old, "");
  return `${rest.slice(0, start)}${facts.map((args) => `${relation}(${args})@1;\n`).join("")}${rest.slice(start)}`;
}

const tuple = (...items) => items.map((item) => (typeof item === "number" ? item : `"${item}"`)).join(", ");
const pairs = (nodes) => nodes.flatMap((x) => nodes.map((y) => [x, y]));

/** A broadcast of programs/delivery among n nodes; the first of them is the sender. */
export function broadcast(name, n, into) {
  const [sender, ...others] = names("n", n);
  const nodes = [sender, ...others];
  return variant("delivery", name, into, (file, text) => {
    if (file === "group.ded")
      return replaceFacts(
        text,
        "member",
        pairs(nodes).map((pair) => tuple(...pair)),
      );
    return text.replaceAll('bcast("a"', `bcast("${sender}"`);
  });
}

/** programs/consensus/paxos-synod.ded with n acceptors and majorities as quorums. */
export function paxos(n, into) {
  const acceptors = names("a", n);
  const proposers = ["p", "q"];
  return variant("consensus", "paxos-synod", into, (file, text) => {
    if (file !== "paxos-synod.ded") return text;
    const known = replaceFacts(
      text,
      "acceptor",
      proposers.flatMap((p) => acceptors.map((a) => tuple(p, a))),
    );
    return replaceFacts(
      known,
      "quorum",
      proposers.map((p) => tuple(p, Math.floor(n / 2) + 1)),
    );
  });
}

/** 2pc or 3pc of programs/commit with n agents. */
export function commit(name, n, into) {
  const agents = names("g", n).map((agent) => tuple("C", agent));
  return variant("commit", name, into, (file, text) =>
    file === "voting.ded" ? replaceFacts(text, "agent", agents) : text,
  );
}

/** The grow-only counter of programs/gossip on a ring of n nodes; four of them count. */
export function gossip(n, into) {
  const nodes = names("n", n);
  const at = (i) => nodes[(i + n) % n];
  return variant("gossip", "counter", into, (_, text) => {
    const ring = replaceFacts(
      text,
      "neighbour",
      nodes.flatMap((x, i) => [tuple(x, at(i - 1)), tuple(x, at(i + 1))]),
    );
    const known = replaceFacts(
      ring,
      "known",
      nodes.map((x) => tuple(x, x, 0)),
    );
    const renamed = { a: nodes[0], b: at(Math.floor(n / 4)), c: at(Math.floor(n / 2)) };
    return known.replace(/^increment\("(.)"\)/gm, (_match, who) => `increment("${renamed[who]}")`);
  });
}

/** The transitive closure of a chain of n edges at one instant: n(n + 1)/2 tuples. */
export function closure(n, into) {
  mkdirSync(into, { recursive: true });
  const path = join(into, "closure.ded");
  const edges = Array.from({ length: n }, (_, i) => `edge("x", ${i}, ${i + 1})@1;\n`).join("");
  const rules = "reach(L, X, Y) :- edge(L, X, Y);\nreach(L, X, Z) :- reach(L, X, Y), edge(L, Y, Z);\n";
  writeFileSync(
    path,
    `// The transitive closure of a chain of ${n} edges.\n${edges}${rules}pre(L, 0, ${n}) :- edge(L, 0, 1);\npost(L, 0, Y) :- reach(L, 0, Y);\n`,
  );
  return path;
}

/** Payments of 1, 2, 4, … to a bank, any of which can be lost; their sum is promised to be below twice the largest. */
export function payments(n, into) {
  mkdirSync(into, { recursive: true });
  const path = join(into, "payments.ded");
  const amounts = Array.from({ length: n }, (_, i) => `amount("m${i}", ${2 ** i})@1;\n`);
  writeFileSync(
    path,
    `${amounts.join("")}paid("bank", N, V)@async :- amount(N, V);
total(B, sum<V by N>) :- paid(B, N, V);
seen(B, S) :- total(B, S);
seen(B, S)@next :- seen(B, S);
pre("bank", S) :- seen("bank", S);
post(B, S) :- seen(B, S), S < ${2 ** n};
`,
  );
  return path;
}

import { type Draft, draftOf, printValue } from "../draft.js";
import { parse } from "../loading.js";
import { Random } from "../random.js";
import type { Case } from "./generate.js";

/** A program whose promises are about sums of what arrives. The same for ever for one seed. */
export function generateSums(seed: number): Case {
  const random = new Random(seed).fork(3);
  const nodes = random.pick([
    ["a", "b"],
    ["a", "b", "c"],
    ["a", "b", "c"],
  ]);
  const eot = random.pick([3, 4, 4, 5]);
  const lines = [...payments(random, nodes), ...totals(random)];
  const carried = carriers(random, random.integer(2, 6));
  lines.push(...carried.lines, ...specification(random, carried.names, eot));
  return {
    seed,
    draft: drafted(lines),
    nodes,
    eot,
    eff: nodes.length === 2 ? random.integer(2, eot) : random.integer(2, 3),
    crashes: random.integer(0, 1),
  };
}

/** Forms that drafts do not have stay text. */
function drafted(lines: readonly string[]): Draft {
  const isRaw = (line: string): boolean => / by /.test(line);
  const draft = draftOf(parse(lines.filter((line) => !isRaw(line)).join("\n")));
  return { ...draft, raw: lines.filter(isRaw) };
}

/** Amounts at several nodes and instants, which are sent, and kept or not where they arrive. */
function payments(random: Random, nodes: readonly string[]): readonly string[] {
  const lines = nodes.flatMap((n) =>
    nodes.filter((m) => m !== n).map((m) => `peer(${printValue(n)}, ${printValue(m)})@1;`),
  );
  lines.push("peer(N, M)@next :- peer(N, M);");
  for (let i = random.integer(3, 5); i > 0; i--) {
    const value = random.weighted([
      [6, random.integer(1, 4)],
      [2, random.integer(-4, 0)],
    ]);
    lines.push(
      `amount(${printValue(random.pick(nodes))}, "k${random.integer(0, 3)}", ${value})@${random.integer(1, 3)};`,
    );
  }
  if (random.chance(0.4)) lines.push("amount(N, K, V)@next :- amount(N, K, V);");
  lines.push(`paid(M, K, V)@async :- amount(N, K, V), peer(N, M)${random.chance(0.3) ? ', M < "b"' : ""};`);
  if (random.chance(0.6)) lines.push("paid(M, K, V)@next :- paid(M, K, V);");
  return lines;
}

function totals(random: Random): readonly string[] {
  const sum = random.pick(["sum<V>", "sum<V by K>", "sum<V>"]);
  const lines = [
    `r0(M, ${sum})${random.chance(0.25) ? "@next" : ""} :- paid(M, K, V)${sum === "sum<V>" ? ', K != ""' : ""};`,
  ];
  if (random.chance(0.6)) lines.push(`r1(M, sum<V>) :- paid(M, _K, V), V ${random.pick(["> 0", "< 3", "!= 2"])};`);
  else lines.push("r1(M, sum<V>) :- amount(M, _K, V);");
  if (random.chance(0.3)) lines.push("many(M, count<K>, sum<V>) :- paid(M, K, V);", "r1(M, S) :- many(M, _, S);");
  return lines;
}

/** Relations that copy sums, add to them and compare them. Now and then one that looks at them in another way. */
function carriers(
  random: Random,
  count: number,
): { readonly lines: readonly string[]; readonly names: readonly string[] } {
  const lines: string[] = [];
  const names = ["r0", "r1"];
  for (let i = 0; i < count; i++) {
    const name = `r${names.length}`;
    const [r, s] = [random.pick(names), random.pick(names)];
    const time = random.weighted([
      [6, ""],
      [3, "@next"],
    ]);
    const number = (): number => random.integer(-2, 7);
    const operator = (): string => random.pick(["<", "<=", ">", ">=", "==", "!="]);
    lines.push(
      random.weighted<string>([
        [3, `${name}(M, S)${time} :- ${r}(M, S);`],
        [2, `${name}(N, S)@async :- ${r}(M, S), peer(M, N);`],
        [2, `${name}(M, S ${random.pick(["+", "-"])} ${number()})${time} :- ${r}(M, S);`],
        [1, `${name}(M, ${number()} - S)${time} :- ${r}(M, S);`],
        [2, `${name}(M, S ${random.pick(["+", "-"])} T)${time} :- ${r}(M, S), ${s}(M, T);`],
        [4, `${name}(M, S)${time} :- ${r}(M, S), S ${operator()} ${number()};`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), ${s}(M, T), S ${operator()} T;`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), ${s}(_, T), S ${operator()} T + ${number()};`],
        [2, `${name}(M, V)${time} :- ${r}(M, S), paid(M, _, V), S - ${number()} ${operator()} V;`],
        [1, `${name}(M, X)${time} :- ${r}(M, S), X == S + ${number()}, X ${operator()} ${number()};`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), notin ${s}(M, _);`],
        [1, `${name}(M, count<N>)${time} :- ${r}(M, S), peer(M, N), S ${operator()} ${number()};`],
        [1, `${name}(M, 6 / V)${time} :- ${r}(M, S), paid(M, _, V), S ${operator()} ${number()};`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), ${s}(M, S);`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), notin ${s}(M, S);`],
        [1, `${name}(M, ${random.pick(["max", "min"])}<S>)${time} :- ${r}(_, S), ${s}(M, T), T ${operator()} S;`],
        [0.5, `${name}(M, S * 2)${time} :- ${r}(M, S);`],
        [1, `${name}(M, T)${time} :- ${r}(M, ${number()}), ${s}(M, T);`],
        [1, `${name}(M, S)${time} :- ${r}(M, S), ${s}(M, S + ${number()});`],
        [1, `${name}(M, V)${time} :- paid(M, _, V), notin ${r}(M, V);`],
        [0.5, `${name}(M, V)${time} :- paid(M, _, V), notin ${r}(_, 6 / V);`],
        [2, `${name}(M, S)${time} :- ${r}(M, S), paid(M, _, S);`],
      ]),
    );
    if (random.chance(0.5)) lines.push(`${name}(M, S)@next :- ${name}(M, S);`);
    names.push(name);
  }
  return { lines, names };
}

function specification(random: Random, names: readonly string[], eot: number): readonly string[] {
  const late = names.slice(-4);
  const [r, s] = [random.pick(names), random.pick(late)];
  const reach = random.chance(0.4)
    ? [`//! reach ${random.pick(late)}(${random.pick(["_", '"a"'])}, ${random.pick(["_", "_", "3"])})`]
    : [];
  const promise = random.weighted<readonly string[]>([
    [4, [`pre(M, S) :- ${r}(M, S);`, `post(M, S) :- ${s}(M, S);`]],
    [
      3,
      [
        `pre(M, S) :- ${r}(M, S);`,
        `post(M, S) :- ${r}(M, S), S < ${random.integer(2, 8)};`,
        `post(M, S) :- ${s}(M, S);`,
      ],
    ],
    [2, [`//! promise kept post=${s}`]],
    [2, [`//! promise one pre=${r} post=${s}`, `//! promise two never=${random.pick(late)}`]],
    [2, [`never(M) :- ${s}(M, S), S > ${random.integer(1, 6)};`]],
    [1, [`pre(M, S) :- ${r}(M, S)@${Math.min(2, eot)}, ${s}(M, _);`, `post(M, S) :- ${s}(M, S);`]],
  ]);
  return [...promise, ...reach];
}

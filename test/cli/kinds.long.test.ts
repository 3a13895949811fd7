import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { expectationsIn, readingOnce } from "../../src/testing/discovery.js";
import { runFile } from "../../src/testing/runner.js";
import { shellWords } from "../evidence/shell-words.js";
import { dpll } from "../reference/dpll.js";
import { inProcess } from "./in-process.js";

/** A program that one fault of the kind breaks, and one that it does not. */
interface Case {
  readonly kind: string;
  readonly broken: string;
  readonly mended: string;
  /** The smallest counterexample, as `ldfi run` takes it. */
  readonly replay: string;
  /** How the drawing shows it, and in ASCII. */
  readonly drawn: readonly [string, string];
  /** What every report calls it. */
  readonly words: string;
}

const cases: readonly Case[] = [
  {
    kind: "crash",
    broken: "commit/2pc.ded --eot 5 --eff 0 --crashes 1",
    mended: "commit/3pc.ded --eot 8 --eff 0 --crashes 1",
    replay: "--crash C,3",
    drawn: ["✖ crash", "# crash"],
    words: "C crashes at 3",
  },
  {
    kind: "restart",
    broken: "replication/fsync-late.ded --eot 8 --eff 7 --omissions 0 --restarts 1",
    mended: "replication/fsync.ded --eot 9 --eff 8 --omissions 0 --restarts 1",
    replay: "--restart server,3,4",
    drawn: ["◇ down", "* down"],
    words: "server restarts: down at 3, back at 4",
  },
  {
    kind: "pause",
    broken: "membership/lease.ded --eot 11 --eff 10 --omissions 0 --pauses 1",
    mended: "membership/lease-fenced.ded --eot 11 --eff 10 --omissions 0 --pauses 1",
    replay: "--pause a,3,7",
    drawn: ["□ still", "= still"],
    words: "a is paused at 3–6",
  },
  {
    kind: "partition",
    broken: "replication/split-brain.ded --eot 8 --eff 7 --omissions 0 --partitions 1",
    mended: "replication/split-brain-witness.ded --eot 10 --eff 9 --omissions 0 --partitions 1",
    replay: "--cut 'b|p,1,2'",
    drawn: ["✗ lost: cut off", "x lost: cut off"],
    words: "b is cut off from p during 1–2",
  },
  {
    kind: "partial partition",
    broken: "replication/partial.ded --eot 10 --eff 9 --omissions 0 --partial-partitions 1",
    mended: "replication/partial-asked.ded --eot 10 --eff 9 --omissions 0 --partial-partitions 1",
    replay: "--cut 'b|p,1,3'",
    drawn: ["║ nothing passes", "! nothing passes"],
    words: "b is cut off from p during 1–3",
  },
  {
    kind: "one-way partition",
    broken: "membership/one-way.ded --eot 8 --eff 6 --omissions 0 --one-way-partitions 1",
    mended: "membership/one-way-refuted.ded --eot 10 --eff 6 --omissions 0 --one-way-partitions 1",
    replay: "--cut 'a>b,c,1,2'",
    drawn: ["✗ lost: cut off", "x lost: cut off"],
    words: "what a sends does not reach b or c during 1–2 (one way)",
  },
  {
    kind: "omission",
    broken: "delivery/simple.ded --eot 4 --eff 2",
    mended: "delivery/retry.ded --eot 6 --eff 5",
    replay: "--omit a,b,1",
    drawn: ["──✗│", "--x|"],
    words: "one message a → b, sent at 1, is lost",
  },
  {
    kind: "delay",
    broken: "delivery/fifo-unversioned.ded --eot 6 --eff 5 --omissions 0 --delays 1",
    mended: "delivery/fifo.ded --eot 7 --eff 6 --omissions 0 --delays 1",
    replay: "--delay publisher,subscriber,2,4",
    drawn: ["└▶│", "`>|"],
    words: "publisher's message to subscriber, sent at 2, arrives at 4, 1 instant late",
  },
  {
    kind: "duplicate",
    broken: "delivery/exactly-once-unkeyed.ded --eot 6 --eff 5 --omissions 0 --duplicates 1",
    mended: "delivery/exactly-once.ded --eot 6 --eff 5 --omissions 0 --duplicates 1",
    replay: "--duplicate client,server,1,3",
    drawn: ["└▶│", "`>|"],
    words: "client's message to server, sent at 1, arrives at 2 and again at 3",
  },
];

/** The parts of the JSON of a check or run that are compared. */
interface Document {
  readonly verdict: string;
  readonly counterexample?: {
    readonly faults: number;
    readonly schedule: readonly unknown[];
    readonly witnesses: readonly unknown[];
    readonly messages?: readonly unknown[];
    readonly replay?: string;
  };
  readonly minimal?: {
    readonly complete: boolean;
    readonly counterexamples: readonly {
      readonly schedule: readonly unknown[];
      readonly witnesses: readonly unknown[];
    }[];
  };
  /** Of a run. */
  readonly messages?: readonly unknown[];
  readonly missing?: readonly unknown[];
  readonly present?: readonly unknown[];
}

/** What a command prints, with the files that it writes. */
async function asked(words: readonly string[]): Promise<{
  readonly text: string;
  readonly status: number;
  readonly written: ReadonlyMap<string, string>;
  readonly added: readonly string[];
}> {
  const written = new Map<string, string>();
  const added: string[] = [];
  const end = await inProcess([...words, "--no-color"], {
    write: (path, text) => {
      written.set(path, String(text));
      return undefined;
    },
    append: (_path, line) => {
      added.push(line);
      return undefined;
    },
  });
  for (const { path, text } of end.files) written.set(path, text);
  return { text: end.stdout, status: end.status, written, added };
}

async function json(words: readonly string[]): Promise<Document> {
  const document: Document = JSON.parse((await asked([...words, "--format", "json"])).text);
  return document;
}

const check = (question: string): readonly string[] => ["check", ...`programs/${question}`.split(" ")];

describe.each(cases)("of a $kind", ({ broken, mended, replay, drawn, words }) => {
  const file = `programs/${broken.split(" ")[0] ?? ""}`;
  const eot = /--eot (\d+)/.exec(broken)?.[1] ?? "";

  test("the printed command replays the counterexample: the same witnesses and messages", async () => {
    const { counterexample } = await json(check(broken));
    expect(counterexample?.faults).toBe(1);
    expect(counterexample?.replay).toBe(`ldfi run ${file} --eot ${eot} ${replay}`);
    const again = await json(shellWords(counterexample?.replay ?? "").slice(1));
    expect(again.verdict).toBe("violated");
    expect(again).toMatchObject({ schedule: counterexample?.schedule, messages: counterexample?.messages });
    expect([...(again.missing ?? []), ...(again.present ?? [])]).toEqual(counterexample?.witnesses);
  });

  test("what it prints is the same whenever it is asked", async () => {
    const [first, second] = [await asked(check(broken)), await asked(check(broken))];
    const timeless = (text: string): string => text.replace(/[\d.]+ m?s\b/g, "");
    expect(timeless(first.text)).toBe(timeless(second.text));
  });

  test.each(["exhaustive", "alternate", "random"])("%s comes to the same", async (strategy) => {
    const found = await json([...check(broken), "--strategy", strategy]);
    expect(found.verdict).toBe("violated");
    expect(found.counterexample?.faults).toBe(1);
    const held = await json([...check(mended), "--strategy", strategy, "--max-runs", "40"]);
    expect(["holds", "inconclusive"]).toContain(held.verdict);
  });

  test("--all lists it first, and each list is complete", async () => {
    const { counterexample, minimal } = await json([...check(broken), "--all"]);
    expect(minimal?.complete).toBe(true);
    const [first] = minimal?.counterexamples ?? [];
    expect(first).toMatchObject({ schedule: counterexample?.schedule, witnesses: counterexample?.witnesses });
    const text = (await asked([...check(broken), "--all"])).text;
    expect(text).toContain(words);
  });

  test("--dimacs is satisfiable where it violates, and not where it holds", async () => {
    const clausesOf = async (question: string): Promise<readonly (readonly number[])[]> => {
      const { written } = await asked([...check(question), "--dimacs", "query.cnf"]);
      const lines = (written.get("query.cnf") ?? "").trim().split("\n");
      return lines.filter((line) => !/^[cp]/.test(line)).map((line) => line.split(" ").slice(0, -1).map(Number));
    };
    expect(dpll(await clausesOf(broken), 5000)).not.toBe("unsatisfiable");
    const solution = dpll(await clausesOf(mended), 5000);
    expect([undefined, "unsatisfiable"]).toContain(solution);
  });

  test("--pin adds a line that passes ldfi test", async () => {
    const { added } = await asked([...check(broken), "--pin"]);
    expect(added).toHaveLength(1);
    const disk = diskFiles();
    const text = `${readFileSync(file, "utf8").replace(/^\/\/! (check|run) .*$/gm, "//")}\n${added[0] ?? ""}\n`;
    const reader = readingOnce({
      ...disk,
      resolve: (path) => disk.resolve(path),
      folder: (path) => disk.folder(path),
      join: (folder, child) => disk.join(folder, child),
      read: (path) => (disk.resolve(path) === disk.resolve(file) ? { kind: "read", text } : disk.read(path)),
    });
    const results = [...runFile(expectationsIn(file, reader), { reader })];
    expect(results.map(({ kind }) => kind)).toEqual(["passed"]);
  });

  test("the terminal draws it, in ASCII too, and the HTML report says and draws it", async () => {
    const { text } = await asked(check(broken));
    expect(text).toContain(words);
    expect(text).toContain(drawn[0]);
    const ascii = (await asked([...check(broken), "--ascii"])).text;
    expect(ascii).toContain(drawn[1]);
    expect([...ascii].filter((character) => character > "~")).toEqual([]);
    const { written } = await asked([...check(broken), "--report", "r.html", "--report", "r.md", "--report", "r.xml"]);
    const html = written.get("r.html") ?? "";
    expect(html.replaceAll("&#39;", "'")).toContain(words);
    expect(html).toContain("<svg");
    for (const report of ["r.md", "r.xml"])
      expect((written.get(report) ?? "").replaceAll("&apos;", "'").replaceAll("&#39;", "'")).toContain(words);
  });

  test("the corrected program holds", async () => {
    expect((await json(check(mended))).verdict).toBe("holds");
  });
});

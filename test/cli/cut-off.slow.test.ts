import { afterEach, describe, expect, test, vi } from "vitest";
import type { CutOffEndings } from "../../src/cli/messages.js";
import { inProcess } from "./in-process.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const violated = "check programs/replication/kafka-isr.ded --eot 6 --eff 4 --crashes 1 --format json".split(" ");
const small = "check programs/delivery/classic.ded --eot 5 --eff 3 --format json".split(" ");
const holds = "check programs/delivery/ack.ded --eot 6 --crashes 1 --margin".split(" ");

/** How the same check ends that is cut off later and later: what is known stays known. */
const inOrder = /^inconclusive( inconclusive)*( violated)+$/;

const reports = ["--report", "told.html", "--report", "told.md", "--dimacs", "asked.cnf"];

/** Up to `most` numbers from 0 to below `end`, the first and the last among them. */
function spread(end: number, most: number): readonly number[] {
  const step = Math.max(1, (end - 1) / (most - 1));
  return Array.from({ length: Math.min(end, most) }, (_, i) => Math.round(i * step));
}

/** How a check ends that is interrupted when it has asked `patience` times whether it is. */
async function interruptedAfter(
  patience: number,
  words: readonly string[],
): Promise<{ readonly asked: number; readonly status: number; readonly verdict: { readonly verdict: string } }> {
  let asked = 0;
  const { status, stdout } = await inProcess(words, { interrupted: () => asked++ >= patience });
  return { asked, status, verdict: JSON.parse(stdout) as { readonly verdict: string } };
}

describe("a check that is interrupted", () => {
  test.each(["lineage", "alternate", "exhaustive"])(
    "by the strategy %s, at any of its steps, ends undecided, or with its verdict once that is known",
    async (strategy) => {
      const words = [...small, ...reports, "--strategy", strategy];
      const whole = await interruptedAfter(Infinity, words);
      expect(whole.asked).toBeGreaterThan(10);
      const endings: string[] = [];
      for (const patience of spread(whole.asked + 1, 20)) {
        const { asked, status, verdict } = await interruptedAfter(patience, words);
        endings.push(verdict.verdict);
        if (verdict.verdict === "violated") continue;
        expect(verdict).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
        // It is not asked again: nothing but telling is left to do.
        expect([asked, status]).toEqual([patience + 1, 3]);
      }
      expect(endings.join(" ")).toMatch(inOrder);
    },
  );
});

/** The stages of a search, each of which leaves endings for the case that it is cut off. */
async function stagesOf(words: readonly string[]): Promise<readonly string[]> {
  const stages = new Set<string>();
  await inProcess(words, {
    progress: (stage, _, ifCutOff) => {
      if (ifCutOff !== undefined) stages.add(stage);
    },
  });
  return [...stages];
}

/** Runs a command line while the clock stands still, until a stage begins: then its time is up. */
async function lateFrom(stage: string, words: readonly string[]) {
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  return inProcess([...words, "--timeout", "60"], {
    progress: (begun) => {
      if (begun === stage) clock = 61_000;
    },
  });
}

describe("a check whose time is up", () => {
  test("at any stage ends undecided, or with its verdict once that is known", async () => {
    const late = { verdict: "inconclusive", reason: "timeout", detail: "the time limit of 60 s was reached" };
    const endings: string[] = [];
    for (const stage of await stagesOf(violated)) {
      const { status, stdout } = await lateFrom(stage, violated);
      const verdict = JSON.parse(stdout) as { readonly verdict: string };
      endings.push(verdict.verdict);
      expect(verdict).toMatchObject(status === 3 ? late : { verdict: "violated" });
    }
    expect(endings.join(" ")).toMatch(inOrder);
  });

  test("while the margin is measured keeps its verdict, and says what was not decided", async () => {
    const margins: string[] = [];
    for (const stage of (await stagesOf(holds)).filter((name) => name.startsWith("margin"))) {
      const { status, stdout } = await lateFrom(stage, holds);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^HOLDS /);
      margins.push(/^Margin [\s\S]*(?=^Searched)/m.exec(stdout)?.[0] ?? "");
    }
    expect(margins[0]).toContain("not decided within the limits");
    expect(margins.at(-1)).not.toContain("not decided within the limits");
  });
});

describe("the endings that a check leaves for the case that it is cut off from outside", () => {
  /** Those left at the beginning of each stage. */
  async function endingsIfCutOff(words: readonly string[]): Promise<ReadonlyMap<string, CutOffEndings>> {
    const left = new Map<string, CutOffEndings>();
    await inProcess(words, {
      progress: (stage, _, ifCutOff) => {
        if (ifCutOff !== undefined && !left.has(stage)) left.set(stage, ifCutOff());
      },
    });
    return left;
  }

  test("say at every stage and for every reason what is known by then", async () => {
    const left = [...(await endingsIfCutOff([...violated, ...reports])).values()];
    for (const reason of ["interrupted", "timeout", "memory"] as const) {
      const endings = left.map(({ [reason]: { status, stdout } }) => {
        const verdict = JSON.parse(stdout) as { readonly verdict: string };
        expect(verdict).toMatchObject(status === 3 ? { verdict: "inconclusive", reason } : { verdict: "violated" });
        return verdict.verdict;
      });
      expect(endings.join(" ")).toMatch(inOrder);
    }
  });

  test("report a verdict that is known, how to replay it, and which reports are missing", async () => {
    const lines: string[] = [];
    const program = "programs/delivery/simple.ded";
    let words: CutOffEndings | undefined;
    const written = new Map<string, string>();
    await inProcess(["check", program, "--eot", "4", "--eff", "2", "--pin", ...reports], {
      write: (path, text) => void written.set(path, String(text)),
      append: (_, line) => void lines.push(line),
      progress: (_stage, _line, ifCutOff) => {
        words = ifCutOff?.() ?? words;
      },
    });
    expect(words?.interrupted.status).toBe(1);
    expect(words?.interrupted.stdout).toMatch(/^VIOLATED {2}with 1 fault/);
    expect(words?.interrupted.stdout).toMatch(/^Replay {4}ldfi run .* --omit a,b,1$/m);
    expect(words?.interrupted.stderr).toContain("ldfi: interrupted before all of it was reported\n");
    expect(words?.interrupted.stderr).toMatch(/told\.html was not written/);
    expect(words?.interrupted.stderr).toMatch(/told\.md was not written/);
    expect(words?.interrupted.files).toEqual([]);
    // It is written before the solver starts.
    expect(written.get("asked.cnf")).toContain("p cnf");
    expect(lines).toEqual(["//! run omit=a,b,1 eot=4 expect=violated"]);
  });
});

describe("a sweep that is interrupted", () => {
  test("after any of its steps keeps those that it has", async () => {
    const words = ["sweep", "programs/delivery/ack.ded", "--crashes", "1", "--max-eot", "8"];
    for (const steps of [1, 3, 6]) {
      let taken = 0;
      const { status, stdout } = await inProcess(words, {
        progress: (stage) => {
          if (stage.startsWith("step ")) taken++;
        },
        interrupted: () => taken >= steps,
      });
      expect([status, taken]).toEqual([3, steps]);
      expect(stdout).toMatch(/^INCONCLUSIVE {2}interrupted/);
      const table = /^Steps [\s\S]*/m.exec(stdout)?.[0] ?? "";
      expect(table.match(/^ +\d+ +\d+ +[01] {2}(holds|violated)/gm)).toHaveLength(steps);
    }
  });
});

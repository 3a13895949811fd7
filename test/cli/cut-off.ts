import { expect, vi } from "vitest";
import type { CutOffEndings, Ending } from "../../src/cli/messages.js";
import { inProcess } from "./in-process.js";

/** Checks of programs that are violated, of some work and of little. */
export const violated = "check programs/replication/kafka-isr.ded --eot 6 --eff 4 --crashes 1 --format json".split(" ");
export const small = "check programs/delivery/classic.ded --eot 5 --eff 3 --format json".split(" ");

/** How the same check ends that is cut off later and later: what is known stays known. */
const inOrder = /^inconclusive( inconclusive)*( violated)+$/;

export const reports = ["--report", "told.html", "--report", "told.md", "--dimacs", "asked.cnf"];

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

/** A check by this strategy that is interrupted at up to so many of its steps ends undecided, or with its verdict once that is known. */
export async function expectInterruptible(strategy: string, most: number): Promise<void> {
  const words = [...small, ...reports, "--strategy", strategy];
  const whole = await interruptedAfter(Infinity, words);
  expect(whole.asked).toBeGreaterThan(10);
  const endings: string[] = [];
  for (const patience of spread(whole.asked + 1, most)) {
    const { asked, status, verdict } = await interruptedAfter(patience, words);
    endings.push(verdict.verdict);
    if (verdict.verdict === "violated") continue;
    expect(verdict).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
    // It is not asked again: nothing but telling is left to do.
    expect([asked, status]).toEqual([patience + 1, 3]);
  }
  expect(endings.join(" ")).toMatch(inOrder);
}

/** The stages of a search, each of which leaves endings for the case that it is cut off. */
export async function stagesOf(words: readonly string[]): Promise<readonly string[]> {
  const stages = new Set<string>();
  await inProcess(words, {
    progress: (stage, _, ifCutOff) => {
      if (ifCutOff !== undefined) stages.add(stage);
    },
  });
  return [...stages];
}

/** Runs a command line while the clock stands still, until a stage begins: then its time is up. */
export async function lateFrom(stage: string, words: readonly string[]): Promise<Ending> {
  let clock = 0;
  const still = vi.spyOn(performance, "now").mockImplementation(() => clock);
  try {
    return await inProcess([...words, "--timeout", "60"], {
      progress: (begun) => {
        if (begun === stage) clock = 61_000;
      },
    });
  } finally {
    still.mockRestore();
  }
}

/** A check whose time is up at any stage ends undecided, or with its verdict once that is known. */
export async function expectLateAtAnyStage(words: readonly string[]): Promise<void> {
  const late = { verdict: "inconclusive", reason: "timeout", detail: "the time limit of 60 s was reached" };
  const endings: string[] = [];
  for (const stage of await stagesOf(words)) {
    const { status, stdout } = await lateFrom(stage, words);
    const verdict = JSON.parse(stdout) as { readonly verdict: string };
    endings.push(verdict.verdict);
    expect(verdict).toMatchObject(status === 3 ? late : { verdict: "violated" });
  }
  expect(endings.join(" ")).toMatch(inOrder);
}

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

/** The endings left at every stage say for every reason what is known by then. */
export async function expectKnownEndings(words: readonly string[]): Promise<void> {
  const left = [...(await endingsIfCutOff([...words, ...reports])).values()];
  for (const reason of ["interrupted", "timeout", "memory"] as const) {
    const endings = left.map(({ [reason]: { status, stdout } }) => {
      const verdict = JSON.parse(stdout) as { readonly verdict: string };
      expect(verdict).toMatchObject(status === 3 ? { verdict: "inconclusive", reason } : { verdict: "violated" });
      return verdict.verdict;
    });
    expect(endings.join(" ")).toMatch(inOrder);
  }
}

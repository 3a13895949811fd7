import { describe, expect, test } from "vitest";
import type { CutOffEndings } from "../../src/cli/messages.js";
import {
  expectInterruptible,
  expectKnownEndings,
  expectLateAtAnyStage,
  lateFrom,
  reports,
  small,
  stagesOf,
} from "./cut-off.js";
import { inProcess } from "./in-process.js";

const holds = "check programs/delivery/ack.ded --eot 6 --crashes 1 --margin".split(" ");

// cut-off.long.test.ts asks at more steps, and of a larger check.
describe("a check that is interrupted", () => {
  test.each(["lineage", "alternate", "exhaustive"])(
    "by the strategy %s, at any of its steps, ends undecided, or with its verdict once that is known",
    (strategy) => expectInterruptible(strategy, 6),
  );
});

describe("a check whose time is up", () => {
  test("at any stage ends undecided, or with its verdict once that is known", () => expectLateAtAnyStage(small));

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
  test("say at every stage and for every reason what is known by then", () => expectKnownEndings(small));

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

import { describe, expect, test } from "vitest";
import { checkDocument } from "../../src/report/json/check-document.js";
import { sarifLog } from "../../src/report/sarif.js";
import { plainStyle } from "../../src/report/terminal/palette.js";
import { renderCheck } from "../../src/report/terminal/verdict.js";
import { memoryInWords } from "../../src/report/text/memory-words.js";
import { checkedText } from "./subject.js";

const envelope: Parameters<typeof checkDocument>[1] = {
  command: "check",
  tool: { name: "ldfi", version: "0" },
} as Parameters<typeof checkDocument>[1];

/** Two that lead at once, if the old leader does not hear that it is to stop; the message that it has stopped is lost as well. */
const text = `leader("a")@1; leader(N)@next :- leader(N), notin stop(N);
stop("a")@async :- resign(N); resign("b")@1;
leader("b")@2;
ok(M)@async :- resign(M); post(N) :- leader(N), N == "b";
never(N, M) :- leader(N), leader(M), N < M;`;

const { report } = checkedText(text, { eot: 4, eff: 3, nodes: ["a", "b"] });

describe("a violation of `never`", () => {
  test("is shown with the first instant at which it holds, and how it came about", () => {
    const shown = renderCheck(report, plainStyle).split("\n");
    const line = (name: string): string | undefined => shown.find((l) => l.startsWith(name));
    expect(line("VIOLATED")).toBe("VIOLATED  without any fault");
    expect(line("Missing")).toBeUndefined();
    expect(line("Present")).toBe('Present   never("a", "b") at 2, which must never hold');
    expect(line("Why")).toBe(
      'Why       never("a", "b") at 2 depends on two tuples of leader (without what both depend on):',
    );
    expect(line("Checked")).toBe(
      "Checked   what post holds at 4 without faults is still there, and never is empty at every instant",
    );
  });

  test("has its instant in documents", () => {
    expect(checkDocument(report, envelope)).toMatchObject({
      specification: { kind: "post-only", post: "post", never: "never" },
      counterexample: { witnesses: [{ relation: "never", args: ["a", "b"], at: 2 }] },
    });
    expect(JSON.stringify(sarifLog(report, "0"))).toContain('Present: never(\\"a\\", \\"b\\")@2.');
  });

  test("under faults is distinguished from the run without them", () => {
    const late = text.replace('leader("b")@2', 'leader("b")@3');
    const { report: faulty } = checkedText(late, { eot: 4, eff: 3, nodes: ["a", "b"] });
    const shown = renderCheck({ ...faulty, verbose: true }, plainStyle);
    expect(shown).toContain('Present   never("a", "b") at 3, which must never hold');
    expect(shown).toContain('Why       never("a", "b") at 3 appears');
    expect(shown).toContain('never("a", "b") is present at 3, but must never be');
  });
});

describe("what a restart keeps", () => {
  const program = `
peer("a", "b")@1; peer(N, M)@next :- peer(N, M);
term("a", 1)@1; term(N, T)@next :- term(N, T), T > 0;
vote(N, T)@next :- term(N, T); seen("b")@async :- term("a", 1);
post(N) :- seen(N);`;
  const told = (lines: string): string => {
    const { report: checked } = checkedText(`${program}\n${lines}`, { eot: 4, restarts: 1 });
    return memoryInWords(checked.program, checked.verdict.specification);
  };

  test("is reported, and what it forgets", () => {
    expect(told("")).toBe("a node that restarts keeps peer (configuration), and forgets term and vote");
    expect(told("//! durable vote, term")).toBe(
      "a node that restarts keeps term and vote (durable) and peer (configuration)",
    );
    expect(told("//! forgets peer")).toBe("a node that restarts forgets peer, term and vote");
  });

  test("is in the report if and only if nodes can restart", () => {
    const shown = (options: { readonly restarts?: number }): string =>
      renderCheck(checkedText(program, { eot: 4, ...options }).report, plainStyle);
    expect(shown({ restarts: 1 })).toContain(
      "\nMemory    a node that restarts keeps peer (configuration), and forgets",
    );
    expect(shown({})).not.toContain("\nMemory ");
    expect(checkDocument(checkedText(program, { eot: 4, restarts: 1 }).report, envelope)).toMatchObject({
      restartMemory: { durable: [], configuration: ["peer"], forgotten: ["term", "vote"] },
    });
  });
});

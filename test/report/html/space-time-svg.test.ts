import { describe, expect, test } from "vitest";
import type { ArrowModel, Model, RunModel, StepModel } from "../../../src/report/html/model.js";
import { spaceTimeDiagram } from "../../../src/report/html/space-time-svg.js";

const nodes = ["a", "b"];
const arrow = (arrivals: readonly number[], fate: ArrowModel["fate"] = "delivered"): ArrowModel => ({
  from: "a",
  to: "b",
  sent: 1,
  arrivals,
  fate,
  loads: [[0, 0]],
  labels: [{ relation: 0, text: "log(hello)" }],
});

function drawn(run: Partial<RunModel>, steps: readonly StepModel[] = []): string {
  const whole: RunModel = {
    title: "the run",
    faults: [],
    periods: [],
    rows: [],
    complete: true,
    arrows: [],
    states: [],
    marks: [],
    firings: [],
    window: [],
    outcomes: [],
    ...run,
  };
  const tuples = [{ relation: 0, text: 'log("b")', place: "b" }];
  const model: Model = {
    nodes,
    eot: 4,
    relations: ["log"],
    everywhere: [],
    tuples,
    rules: [],
    runs: [whole],
    lineages: [],
    steps,
  };
  return spaceTimeDiagram(model, 0, whole, { differing: new Set(), relevant: new Set() }).body;
}

/** The instants to which heads point: of the heights of the rows, the one at which a head stands, or that is next above it. */
function pointsAt(text: string): readonly number[] {
  const rows = (/data-rows="([^"]*)"/.exec(text)?.[1] ?? "").split(" ").map(Number);
  return [...text.matchAll(/class="head"[^>]*translate\([\d.]+ ([\d.]+)\)/g)].map(
    ([, y]) => rows.findLastIndex((row) => row <= Number(y) + 4) + 1,
  );
}
const classes = (text: string): string | undefined => /<g class="(arrow [^"]*)"/.exec(text)?.[1];
const told = (text: string): string | undefined => /aria-label="(a to b[^"]*)"/.exec(text)?.[1];
const words = (text: string): readonly string[] =>
  [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word ?? "");

describe("the space-time diagram of a report", () => {
  test("an arrow leads to the next instant, and says what it carries", () => {
    const text = drawn({ arrows: [arrow([2])] });
    expect([classes(text), pointsAt(text), words(text)]).toEqual(["arrow arrives c0", [2], ["log(hello)"]]);
  });

  test("a late one leads to the instant at which it arrives, and says so", () => {
    const text = drawn({ arrows: [arrow([4])] });
    expect([pointsAt(text), words(text)]).toEqual([[4], ["log(hello) late, at 4"]]);
    expect(text).toContain('class="line late"');
  });

  test("a second copy is a second line with two heads", () => {
    const text = drawn({ arrows: [arrow([2, 4])] });
    expect([words(text), told(text)]).toEqual([
      ["log(hello) again at 4"],
      "a to b, sent at 1, delivered at 2 and 4: log",
    ]);
    expect([...text.matchAll(/class="(line[^"]*)"/g)].map(([, name]) => name)).toEqual(["line", "line again"]);
    expect(pointsAt(text)).toHaveLength(3);
  });

  test("one that arrives after the end leads to the lower edge", () => {
    const text = drawn({ arrows: [arrow([9])] });
    expect(words(text)).toEqual(["log(hello) late, after the end"]);
  });

  test("one that is lost, or never sent, ends in a cross on its way", () => {
    const lost = drawn({ arrows: [arrow([], "omitted")] });
    expect([classes(lost), pointsAt(lost), told(lost)]).toEqual(["arrow lost c0", [], "a to b, sent at 1, lost: log"]);
    expect([words(lost), lost.includes('class="cross"')]).toEqual([["log(hello) lost"], true]);
    expect(words(drawn({ arrows: [arrow([], "sender-crashed")] }))).toEqual([]);
  });

  test("each state of a node has a mark, a line and words of its own", () => {
    const of = (kind: RunModel["states"][number]["kind"]): readonly [readonly string[], readonly boolean[]] => {
      const text = drawn({ states: [{ node: "b", kind, from: 2, to: 3 }] });
      const shapes = ['<line class="crashed"', '<rect class="down"', '<line class="still"'];
      return [words(text), shapes.map((shape) => text.includes(shape))];
    };
    expect(of("crashed")).toEqual([["crashes"], [true, false, false]]);
    expect(of("down")).toEqual([
      ["goes down", "restarts"],
      [false, true, false],
    ]);
    expect(of("still")).toEqual([
      ["pauses", "continues"],
      [false, false, true],
    ]);
  });

  test("a cut is a wall between the columns, and says whether it is one way", () => {
    const both = drawn({
      marks: [
        {
          channels: [
            ["b", "a"],
            ["a", "b"],
          ],
          from: 2,
          to: 3,
        },
      ],
    });
    expect([words(both), both.includes('class="wall whole"')]).toEqual([["cut"], true]);
    const single = drawn({ marks: [{ channels: [["b", "a"]], from: 2, to: 3 }] });
    expect([words(single), single.includes('class="wall one-way"')]).toEqual([["← cut one way"], true]);
  });

  test("steps stand where they happen: at arrows, at lines, and at the end", () => {
    const text = drawn({ arrows: [arrow([], "omitted")] }, [
      { text: "lost", fault: 1, places: [{ kind: "messages", from: "a", to: "b", sent: [1] }] },
      { text: "so", places: [{ kind: "node", node: "b", instant: 2, label: "no log(hello)" }] },
      { text: "end", places: [{ kind: "end", label: "no post" }] },
    ]);
    expect(words(text)).toEqual(["1", "log(hello) lost", "2", "no log(hello)", "3", "no post"]);
    expect(text).toMatch(/class="badge fault"[^>]*><rect/);
  });
});

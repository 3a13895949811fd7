import { describe, expect, test } from "vitest";
import type { ArrowModel, Model, RunModel } from "../../../src/report/html/model.js";
import { spaceTimeSvg } from "../../../src/report/html/space-time-svg.js";

const nodes = ["a", "b"];
const arrow = (arrivals: readonly number[], fate: ArrowModel["fate"] = "delivered"): ArrowModel => ({
  from: "a",
  to: "b",
  sent: 1,
  arrivals,
  fate,
  loads: [[0, 0]],
});

function svg(run: Partial<RunModel>): string {
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
  const model: Model = { nodes, eot: 4, relations: ["log"], tuples, rules: [], runs: [whole], lineages: [] };
  return spaceTimeSvg(model, 0, whole, { differing: new Set(), relevant: new Set() });
}

/** The points at which heads stand. */
const heads = (text: string): readonly string[] =>
  [...text.matchAll(/translate\(([\d. ]+)\)/g)].map(([, at]) => at ?? "");
const classes = (text: string): string | undefined => /<g class="(arrow[^"]*)"/.exec(text)?.[1];
const title = (text: string): string | undefined => /<title>(a to b[^<]*)</.exec(text)?.[1];

// The column of b is at 206; instant t is at 44 + (t − 0.5) · 46.
describe("the space-time diagram of a report", () => {
  test("an arrow leads to the next instant", () => {
    const text = svg({ arrows: [arrow([2])] });
    expect([classes(text), heads(text)]).toEqual(["arrow arrives", ["206 113"]]);
  });

  test("a late one leads to the instant at which it arrives, and a second copy is a second line", () => {
    const text = svg({ arrows: [arrow([2, 4])] });
    expect([classes(text), heads(text)]).toEqual(["arrow arrives late", ["206 113", "206 205"]]);
    expect(title(text)).toBe("a to b, sent at 1, delivered at 2 and 4: log");
  });

  test("one that arrives after the end leads to the lower edge", () => {
    expect(heads(svg({ arrows: [arrow([9])] }))).toEqual(["206 251"]);
  });

  test("one that is lost, or never sent, ends in a cross on its way", () => {
    const lost = svg({ arrows: [arrow([], "omitted")] });
    expect([classes(lost), heads(lost), title(lost)]).toEqual(["arrow lost", [], "a to b, sent at 1, lost: log"]);
    expect(classes(svg({ arrows: [arrow([], "sender-crashed")] }))).toBe("arrow unsent");
  });

  test("a column is broken while a state lasts", () => {
    const text = svg({ states: [{ node: "b", kind: "crashed", from: 2, to: 3 }] });
    const lines = [...text.matchAll(/<line( class="crashed")? x1="206" y1="([\d.]+)" x2="206" y2="([\d.]+)"/g)];
    expect(lines.map(([, state, y1, y2]) => [state !== undefined, y1, y2])).toEqual([
      [false, "28", "113"],
      [true, "113", "205"],
      [false, "205", "228"],
    ]);
    expect(text).toContain("<title>b crashes at 2</title>");
  });

  test("a mark stands between the columns whose channels it severs, as long as it lasts", () => {
    const text = svg({ marks: [{ channels: [["b", "a"]], from: 2, to: 3 }] });
    expect(text).toContain('<line class="severed" x1="126" y1="90" x2="126" y2="182">');
  });
});

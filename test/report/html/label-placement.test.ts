import { describe, expect, test } from "vitest";
import type { Box } from "../../../src/report/html/label-placement.js";
import { Placement } from "../../../src/report/html/label-placement.js";

const bounds: Box = { x: 0, y: 0, width: 100, height: 100 };
const at = (x: number, y: number): Box => ({ x, y, width: 20, height: 10 });

describe("the placement of labels", () => {
  test("the cheapest candidate is taken, and is free no longer", () => {
    const placement = new Placement(bounds, []);
    const candidates = [
      { box: at(40, 40), cost: 2 },
      { box: at(10, 10), cost: 1 },
    ];
    expect([placement.place(candidates), placement.place(candidates), placement.place(candidates)]).toEqual([
      at(10, 10),
      at(40, 40),
      undefined,
    ]);
  });

  test("a candidate that overlaps a box, or leaves the drawing, is rejected", () => {
    const placement = new Placement(bounds, []);
    placement.block(at(10, 10));
    expect(placement.place([{ box: at(25, 15), cost: 0 }])).toBeUndefined();
    expect(placement.place([{ box: at(85, 50), cost: 0 }])).toBeUndefined();
    expect(placement.place([{ box: at(32, 10), cost: 0 }])).toEqual(at(32, 10));
  });

  test("to cover a line costs what the line weighs", () => {
    const line = { from: { x: 0, y: 0 }, to: { x: 100, y: 100 }, weight: 5 };
    const placement = new Placement(bounds, [line]);
    const candidates = [
      { box: at(45, 45), cost: 1 },
      { box: at(60, 10), cost: 4 },
    ];
    expect(placement.place(candidates)).toEqual(at(60, 10));
  });
});

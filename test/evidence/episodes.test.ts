import { describe, expect, test } from "vitest";
import { episodesOf } from "../../src/evidence/episodes.js";
import type { Fault } from "../../src/faults/kinds.js";
import { schedule } from "../../src/faults/schedule.js";
import { scheduleInWords } from "../../src/report/text/schedule-words.js";
import { instantsInWords } from "../../src/wording/instants.js";

const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });
const crash = (node: string, at: number): Fault => ({ kind: "crash", node, at });
const words = (nodes: readonly string[], ...faults: readonly Fault[]) => scheduleInWords(schedule(faults), nodes);
const abc = ["a", "b", "c"];

describe("a schedule in an operator's words", () => {
  test("one lost message is one message", () => {
    expect(words(abc, omit("a", "b", 1))).toEqual(["one message a → b, sent at 1, is lost"]);
  });

  test("a channel that is lost for a while is one episode", () => {
    expect(words(abc, omit("a", "b", 2), omit("a", "b", 3))).toEqual(["every message a → b sent during 2–3 is lost"]);
  });

  test("a channel lost at two separate instants is two episodes", () => {
    expect(words(abc, omit("a", "b", 1), omit("a", "b", 3))).toHaveLength(2);
  });

  test("losses in both directions cut a node off", () => {
    const faults = [2, 3].flatMap((t) => [omit("b", "a", t), omit("a", "b", t), omit("b", "c", t), omit("c", "b", t)]);
    expect(words(abc, ...faults)).toEqual(["b is cut off from a and c during 2–3"]);
  });

  test("two halves that do not hear each other are one event", () => {
    const faults = ["a", "b"].flatMap((x) => ["c", "d"].flatMap((y) => [omit(x, y, 1), omit(y, x, 1)]));
    expect(words(["a", "b", "c", "d"], ...faults)).toEqual(["a and b are cut off from c and d at 1"]);
  });

  test("a crash comes first, and a sender whose messages are lost is one episode", () => {
    expect(words(abc, omit("a", "b", 1), omit("a", "c", 1), crash("c", 4))).toEqual([
      "c crashes at 4",
      "nothing that a sends to b or c at 1 arrives",
    ]);
  });

  test("a receiver that hears nobody is one episode", () => {
    expect(words(abc, omit("a", "c", 1), omit("b", "c", 1))).toEqual(["nothing that a or b send to c at 1 arrives"]);
  });

  test("everybody else is not listed by name when there are many", () => {
    const others = ["b", "c", "d", "e"];
    expect(words(["a", ...others], ...others.map((n) => omit("a", n, 1)))).toEqual([
      "nothing that a sends to any other node at 1 arrives",
    ]);
  });

  test("every fault is in exactly one episode", () => {
    const faults = abc.flatMap((x) => abc.filter((y) => y !== x).flatMap((y) => [1, 2, 4].map((t) => omit(x, y, t))));
    const told = episodesOf(schedule(faults)).flatMap((e) => {
      if (e.kind === "fault") return e.fault.kind === "omission" ? [`${e.fault.from}${e.fault.to}${e.fault.at}`] : [];
      const [xs, ys] = e.kind === "two-way" ? [e.nodes, e.others] : [e.senders, e.receivers];
      const directions = xs.flatMap((x) =>
        ys.flatMap((y) => (e.kind === "two-way" ? [`${x}${y}`, `${y}${x}`] : [`${x}${y}`])),
      );
      const times = Array.from({ length: e.period.to - e.period.from + 1 }, (_, i) => e.period.from + i);
      return directions.flatMap((d) => times.map((t) => d + t));
    });
    expect(told.sort()).toEqual(
      faults.flatMap((f) => (f.kind === "omission" ? [`${f.from}${f.to}${f.at}`] : [])).sort(),
    );
  });
});

test("instants are given as periods", () => {
  expect(instantsInWords([1, 2, 4, 5, 6])).toBe("1, 2, 4–6");
});

import { describe, expect, test } from "vitest";
import type { Arrow, Moment, SpaceTime } from "../../../src/evidence/space-time.js";
import { renderDiagram } from "../../../src/report/terminal/diagram.js";
import { plainStyle } from "../../../src/report/terminal/palette.js";

type Fate = Arrow["fate"];

function arrow(from: string, to: string, relations: string, fate: Fate = "delivered"): Arrow {
  return { from, to, fate, loads: relations.split(" ").map((relation) => ({ relation, count: 1 })), messages: [] };
}

function diagram(
  nodes: string,
  moments: readonly (readonly Arrow[])[],
  crashes: Readonly<Record<number, readonly string[]>> = {},
): SpaceTime {
  const list = moments.map((arrows, i): Moment => ({ instant: i + 1, arrows, crashes: crashes[i + 1] ?? [] }));
  return { nodes: nodes.split(" "), eot: moments.length, strays: 0, moments: list };
}

const draw = (d: SpaceTime, style = plainStyle): string => `\n${renderDiagram(d, style).join("\n")}\n`;
const everyone = (nodes: string, relation: string): readonly Arrow[] =>
  nodes
    .split(" ")
    .flatMap((from) => nodes.split(" ").flatMap((to) => (from === to ? [] : [arrow(from, to, relation)])));

describe("the space-time diagram", () => {
  test("shows what arrives, what is lost, and quiet instants once", () => {
    expect(draw(diagram("a b c", [[arrow("a", "b", "log"), arrow("a", "c", "log", "omitted")], [], []]))).toBe(`
        a                     b                     c
    1   ●──────── log ───────▶│                     │
        ●──────── log ────────┼────────────────────✗│
  2–3   │                     │                     │
   ▶ arrives one instant later · ✗ lost
`);
  });

  test("shows a crash, and what the node no longer sends", () => {
    const stub = arrow("a", "b", "log", "sender-crashed");
    expect(draw(diagram("a b", [[arrow("b", "a", "ack")], [stub], [stub], []], { 2: ["a"] }))).toBe(`
      a                     b
  1   │◀─────── ack ────────●
  2   ✖ crash               │
      ┊╌✗ log               │
  3   ┊╌✗ log               │
  4   ┊                     │
   ▶ arrives one instant later · ╌✗ not sent: the node has crashed
`);
  });

  test("fits six nodes that all talk to each other into 80 columns", () => {
    const lines = renderDiagram(
      diagram("n1 n2 n3 n4 n5 n6", [everyone("n1 n2 n3 n4 n5 n6", "gossip"), []]),
      plainStyle,
    );
    expect(lines).toHaveLength(9);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[2]).toContain("◀");
  });

  test("puts a label that is too long beside the drawing", () => {
    expect(draw(diagram("a b", [[arrow("a", "b", "prepare_to_commit promise accepted")]]))).toBe(`
      a                     b
  1   ●────────────────────▶│  prepare_to_commit, promise, accepted
   ▶ arrives one instant later
`);
  });

  test("counts tuples that travel together", () => {
    const many: Arrow = { ...arrow("a", "b", "log"), loads: [{ relation: "log", count: 3 }] };
    expect(draw(diagram("a b", [[many]]))).toContain("log ×3");
  });

  test("needs nothing but ASCII when told so", () => {
    const text = draw(
      diagram("a b", [[arrow("a", "b", "x", "omitted")], [arrow("a", "b", "y", "sender-crashed")]], { 2: ["a"] }),
      { ...plainStyle, unicode: false },
    );
    expect(text).toMatch(/^\p{ASCII}*$/u);
  });

  test("a name with a line break does not break the drawing", () => {
    const lines = renderDiagram(
      { nodes: ["a\nb", "c"], eot: 1, strays: 0, moments: [{ instant: 1, crashes: [], arrows: [] }] },
      plainStyle,
    );
    expect(lines).toHaveLength(2);
  });

  test("stands in its columns whatever the width of the names", () => {
    expect(
      draw(
        diagram("日本 🎉 c", [[arrow("日本", "🎉", "log"), arrow("日本", "c", "log", "omitted")], []], { 2: ["🎉"] }),
      ),
    ).toBe(`
     日本                   🎉                    c
  1   ●──────── log ───────▶│                     │
      ●──────── log ────────┼────────────────────✗│
  2   │                     ✖ crash               │
   ▶ arrives one instant later · ✗ lost
`);
  });

  test("cuts a wide name where its column ends", () => {
    const header = (width: number): string | undefined =>
      renderDiagram(diagram("一二三四五六七 b c d", [[]]), { ...plainStyle, width })[0];
    expect(header(80)).toBe("一二三四五六七              b                     c                     d");
    expect(header(40)).toBe("   一二三…      b         c         d");
  });
});

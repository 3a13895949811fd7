import { describe, expect, test } from "vitest";
import type { Arrow, ColumnState, SpaceTime } from "../../../src/evidence/space-time.js";
import { renderDiagram } from "../../../src/report/terminal/diagram.js";
import { plainStyle } from "../../../src/report/terminal/palette.js";

/** What is sent at the instant at whose place it stands in a list; delivered ones arrive one instant later. */
type Sent = Omit<Arrow, "sent" | "arrivals"> & { readonly arrivals?: readonly number[] };

function arrow(from: string, to: string, relations: string, fate: Arrow["fate"] = "delivered"): Sent {
  return { from, to, fate, loads: relations.split(" ").map((relation) => ({ relation, count: 1 })), messages: [] };
}

function diagram(
  nodes: string,
  moments: readonly (readonly Sent[])[],
  crashes: Readonly<Record<string, number>> = {},
  marks: SpaceTime["marks"] = [],
): SpaceTime {
  const eot = moments.length;
  const states = (node: string): readonly ColumnState[] => {
    const from = crashes[node];
    return from === undefined ? [] : [{ kind: "crashed", from, to: eot }];
  };
  return {
    eot,
    columns: nodes.split(" ").map((node) => ({ node, states: states(node) })),
    arrows: moments.flatMap((sent, i) =>
      sent.map((a) => ({ arrivals: a.fate === "delivered" ? [i + 2] : [], ...a, sent: i + 1 })),
    ),
    marks,
    strays: 0,
  };
}

const draw = (d: SpaceTime, style = plainStyle): string => `\n${renderDiagram(d, style).join("\n")}\n`;
const everyone = (nodes: string, relation: string): readonly Sent[] =>
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
    expect(draw(diagram("a b", [[arrow("b", "a", "ack")], [stub], [stub], []], { a: 2 }))).toBe(`
      a                     b
  1   │◀─────── ack ────────●
  2   ✖ crash               │
      ┊╌✗ log               │
  3   ┊╌✗ log               │
  4   ┊                     │
   ▶ arrives one instant later · ╌✗ not sent: the node has crashed
`);
  });

  test("shows nodes that crash together one after the other", () => {
    expect(draw(diagram("a b c", [[], []], { a: 2, c: 2 }))).toBe(`
      a                     b                     c
  1   │                     │                     │
  2   ✖ crash               │                     │
      ┊                     │                     ✖ crash
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
    const many: Sent = { ...arrow("a", "b", "log"), loads: [{ relation: "log", count: 3 }] };
    expect(draw(diagram("a b", [[many]]))).toContain("log ×3");
  });

  test("contains only ASCII if asked to", () => {
    const text = draw(
      diagram("a b", [[arrow("a", "b", "x", "omitted")], [arrow("a", "b", "y", "sender-crashed")]], { a: 2 }),
      { ...plainStyle, unicode: false },
    );
    expect(text).toMatch(/^\p{ASCII}*$/u);
  });

  test("a name with a line break does not break the drawing", () => {
    const columns = ["a\nb", "c"].map((node) => ({ node, states: [] }));
    const lines = renderDiagram({ eot: 1, columns, arrows: [], marks: [], strays: 0 }, plainStyle);
    expect(lines).toHaveLength(2);
  });

  test("keeps its columns aligned, whatever the width of the names", () => {
    expect(
      draw(diagram("日本 🎉 c", [[arrow("日本", "🎉", "log"), arrow("日本", "c", "log", "omitted")], []], { "🎉": 2 })),
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

  describe("with messages that arrive late", () => {
    const late = (from: string, to: string, relation: string, ...arrivals: readonly number[]): Sent => ({
      ...arrow(from, to, relation),
      arrivals,
    });
    const busy = diagram("a b c", [
      [late("a", "b", "log", 4), late("a", "c", "log", 2, 5)],
      [late("c", "b", "ack", 4)],
      [late("c", "a", "ack", 7), late("b", "c", "x", 5), arrow("a", "b", "y")],
      [],
      [],
      [],
    ]);

    test("leads each down to the row in which it arrives, a second copy by a second line", () => {
      expect(draw(busy)).toBe(`
      a                     b                     c
  1   ●──────── log ──────┐ │                     │
      ●──────── log ────────┼────────────────────▶│
      ●──────── log ────────┼───────────────────┐ │
  2   │                   ╎ │ ┌────── ack ────────●
  3   │ ┌───────────────────┼──────── ack ────────●
      │ ╎                 ╎ ●───────── x ───────┐ │
      ●───────── y ────────▶│ ╎                 ╎ │
  4   │ ╎                 └▶│◀┘                 ╎ │
  5   │ ╎                   │                   └▶│
  6   │ ╎                   │                     │
   ▶ arrives one instant later · └▶ arrives late, at this instant · ╎ arrives after the end
`);
    });

    test("keeps apart those to one node that arrive at different instants", () => {
      const two = diagram("a b", [[late("a", "b", "x", 3)], [late("a", "b", "y", 5)], [], [], []]);
      expect(draw(two)).toBe(`
      a                     b
  1   ●───────── x ───────┐ │
  2   ●───────── y ─────┐ ╎ │
  3   │                 ╎ └▶│
  4   │                 ╎   │
  5   │                 └──▶│
   └▶ arrives late, at this instant
`);
    });

    test("contains only ASCII if asked to", () => {
      expect(draw(busy, { ...plainStyle, unicode: false })).toMatch(/^\p{ASCII}*$/u);
    });
  });

  test("breaks a column for as long as its state lasts, each state in its own way", () => {
    const states = { down: [2, 3], still: [2, 3], crashed: [3, 4] } as const;
    const columns = (["down", "still", "crashed"] as const).map((kind) => {
      const [from, to] = states[kind];
      return { node: kind, states: [{ kind, from, to }] };
    });
    expect(draw({ eot: 4, columns, arrows: [], marks: [], strays: 0 })).toBe(`
     down                 still                crashed
  1   │                     │                     │
  2   ◇ down                │                     │
      ·                     □ still               │
  3   ·                     ╏                     ✖ crash
  4   │                     │                     ┊
`);
  });

  test("marks the channels across which nothing passes, between neighbours that are cut off from each other", () => {
    const channels = [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
    ];
    expect(draw(diagram("a b c", [[], [arrow("c", "b", "x")], []], {}, [{ channels, from: 1, to: 2 }]))).toBe(`
      a                     b                     c
  1   │          ║          │                     │
  2   │          ║          │◀──────── x ─────────●
  3   │                     │                     │
   ▶ arrives one instant later · ║ nothing passes
`);
  });

  test("marks a channel beside its right end where the nodes between are cut off from neither", () => {
    const channels = [{ from: "c", to: "a" }];
    expect(draw(diagram("a b c", [[], []], {}, [{ channels, from: 1, to: 1 }]))).toBe(`
      a                     b                     c
  1   │                     │          ║          │
  2   │                     │                     │
   ║ nothing passes
`);
  });
});

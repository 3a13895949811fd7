import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pack, unpack } from "../../../src/report/html/packed.js";

describe("a packed model", () => {
  test("has what repeats once", () => {
    const row = { head: 1, supports: [1, 2, 3] };
    expect(pack([row, { ...row }, [1]])).toEqual({ shared: [row], value: [{ "=": 0 }, { "=": 0 }, [1]] });
  });

  test("has the parts of what repeats once, too", () => {
    const part = { text: "a long text" };
    const packed = pack([{ part }, { part }, { part, other: part }]);
    expect(JSON.stringify(packed).split("a long text")).toHaveLength(2);
    expect(unpack(packed)).toEqual([{ part }, { part }, { part, other: part }]);
  });

  test("is what it was after JSON, with objects of its own", () => {
    const data = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(0, 1, "a name", "another", null, true),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom("a", "b", "__proto__", "length"), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(data, (value) => {
        expect(unpack(JSON.parse(JSON.stringify(pack(value))))).toEqual(value);
      }),
      { numRuns: 300 },
    );
    const [a, b] = unpack(pack([{ list: [1, 2, 3, 4] }, { list: [1, 2, 3, 4] }])) as readonly unknown[];
    expect(a).toEqual(b);
    expect(a).not.toBe(b);
  });
});

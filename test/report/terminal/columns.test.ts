import { expect, test } from "vitest";
import { columns } from "../../../src/report/terminal/columns.js";

test("cells line up by the columns that they take, not by their characters", () => {
  const rows = [
    ["日本", "1", "x"],
    ["abc", "🎉", ""],
  ];
  expect(columns(rows, ["left", "right", "left"])).toEqual(["日本   1  x", "abc   🎉"]);
});

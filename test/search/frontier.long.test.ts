import { test } from "vitest";
import { expectCellsAsChecked } from "./frontier-cells.js";

test.each([
  ["delivery/retry", 2],
  ["replication/kafka-isr", 1],
] as const)("a frontier of %s says of every cell what a check of it says", expectCellsAsChecked);

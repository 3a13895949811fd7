import { test } from "vitest";
import { expectNothingLeft } from "./left-behind.js";

test("nothing is left behind after SIGINT: busy services, Python, children of a shell", async () => {
  await expectNothingLeft("SIGINT");
});

import { join } from "node:path";
import { expect } from "vitest";
import { ldfi, root, withoutTimes } from "./ldfi.js";

/** A command prints what is kept of it, but for the times, and nothing on standard error. */
export async function expectGolden(name: string, args: readonly string[], status: number): Promise<void> {
  const ended = ldfi(args);
  expect(ended).toMatchObject({ status, stderr: "" });
  await expect(withoutTimes(ended.stdout)).toMatchFileSnapshot(join(root, "test", "golden", `${name}.txt`));
}

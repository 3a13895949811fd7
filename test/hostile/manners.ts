import { expect } from "vitest";
import type { Ended } from "../cli/ldfi.js";

/** A status of the table in cli.md; no stack trace, nothing unprintable, nothing endless. */
export function expectManners({ status, stdout, stderr }: Ended): void {
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(said).not.toMatch(/bug in ldfi/);
  // eslint-disable-next-line no-control-regex
  expect(said).not.toMatch(/(?![\t\n])\p{Cc}/u);
  expect(said.length).toBeLessThan(1_500_000);
  expect([0, 1, 2, 3]).toContain(status);
}

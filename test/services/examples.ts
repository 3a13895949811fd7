import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HuntFaults } from "../../src/hunting/fault.js";
import { ldfi, root } from "../cli/ldfi.js";

/* Hunts in the examples by the built command. */

export interface Document {
  readonly verdict: string;
  readonly findings?: readonly {
    readonly text: string;
    readonly faults: HuntFaults;
    readonly alike: readonly HuntFaults[];
    readonly smallest: boolean;
  }[];
  readonly calls: readonly { readonly id: string }[];
  readonly runs: number;
  readonly sets: { readonly ran: number; readonly all: number };
  readonly reservations: readonly string[];
}

export function huntFileOf(example: string): string {
  return join(root, "examples", example, `${example}.hunt.yaml`);
}

/** `bugs`: those that are switched on. */
export function huntedExample(example: string, bugs: string, ...words: readonly string[]): Document {
  const { stdout, stderr } = ldfi(["hunt", huntFileOf(example), "--format", "json", ...words], {
    env: { BUGS: bugs, HOME: process.env.HOME ?? "" },
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Document;
}

/** What the services of the shop need from the registry. */
export function installShop(): void {
  const folder = join(root, "examples", "shop");
  if (existsSync(join(folder, "node_modules"))) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

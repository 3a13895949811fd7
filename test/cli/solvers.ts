import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { onPath } from "../../src/cli/on-path.js";
import { temporaryFolder } from "../temporary-folder.js";
import { ldfi } from "./ldfi.js";

export const broken = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];
export const holding = ["check", "programs/delivery/ack.ded", "--eot", "6", "--crashes", "1"];

/** `.ci/run` installs them. */
export const installed = ["cadical", "minisat", "picosat"].filter((name) => onPath(name, process.env.PATH));

const questions = [
  broken,
  holding,
  [...broken, "--crashes", "1", "--all"],
  ["check", "programs/consensus/raft-votes-twice.ded", "--eot", "7", "--omissions", "0", "--restarts", "1"],
];

/** What the questions come to with these words in their command line. */
export function answersOf(...words: readonly string[]): unknown {
  return questions.map((question) => {
    const { stdout } = ldfi([...question, "--format", "json", ...words]);
    const { verdict, counterexample, minimal } = JSON.parse(stdout) as Record<string, unknown>;
    return { verdict, counterexample, minimal };
  });
}

/** A folder for the time of a file's tests, and solvers of a few lines of JavaScript in it. */
export interface Solvers {
  readonly folder: string;
  /** In the code, `file` is the formula, and `proof` where the proof is to be. */
  fake(name: string, code: string): string;
  expectUnusable(name: string, code: string, problem: string): void;
  expectRefusedProof(name: string, code: string, problem: string): void;
}

export function solversForTests(): Solvers {
  const folder = temporaryFolder("ldfi-external-");

  function fake(name: string, code: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!${process.execPath}\nconst [, , file, proof] = process.argv;\n${code}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  return {
    folder,
    fake,
    expectUnusable: (name, code, problem) => {
      const ended = ldfi([...broken, "--solver", fake(name, code)]);
      expect(ended.stdout).toMatch(/^INCONCLUSIVE {2}the solver's answer cannot be used: /);
      expect(ended.stdout).toContain(problem);
      expect(ended.status).toBe(2);
    },
    expectRefusedProof: (name, code, problem) => {
      const proof = join(folder, `${name}.drat`);
      const ended = ldfi([...holding, "--solver", `${fake(name, code)} {} {proof}`, "--proof", proof]);
      expect(ended.stderr).toContain(problem);
      expect(ended.status).toBe(2);
      expect(existsSync(proof)).toBe(false);
    },
  };
}

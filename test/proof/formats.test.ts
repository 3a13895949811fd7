import { describe, expect, test } from "vitest";
import { readProof } from "../../src/proof/drat.js";
import { readFormula } from "../../src/proof/formula.js";
import { readManifest, renderManifest } from "../../src/proof/manifest.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a formula", () => {
  test("is read with its comments, over lines and without duplicates", () => {
    expect(readFormula("c omit(a,b,1)\np cnf 3 2\n1 -2\n3 0 -1 -1 0\n")).toEqual({
      variables: 3,
      clauses: [[1, -2, 3], [-1]],
    });
  });

  test.each([
    ["1 0\n", "line 1 comes before the header"],
    ["p cnf 1\n1 0\n", "line 1 is not the header of a CNF"],
    ["p cnf 1 1\n2 0\n", "line 2: 2 is not a literal"],
    ["p cnf 1 1\nx 0\n", "line 2: x is not a literal"],
    ["p cnf 1 2\n1 0\n", "the header has 2 clauses, and 1 follow"],
    ["p cnf 1 1\n1\n", "the last clause has no end"],
    ["", "there is no header of a CNF"],
  ])("%j is refused", (text, problem) => {
    expect(readFormula(text)).toEqual({ kind: "malformed", problem });
  });
});

describe("a proof", () => {
  const steps = [
    { kind: "add", clause: [1, -70] },
    { kind: "delete", clause: [-2] },
    { kind: "add", clause: [] },
  ];

  test("is read as text", () => {
    expect(readProof(bytes("c by hand\n1 -70 0\nd -2 0\n0\n"))).toEqual({ format: "text", steps });
  });

  test("is read in binary form", () => {
    // 2·70 + 1 = 141 = 1·128 + 13.
    const binary = Uint8Array.from([0x61, 2, 0x8d, 1, 0, 0x64, 5, 0, 0x61, 0]);
    expect(readProof(binary)).toEqual({ format: "binary", steps });
  });

  test("that is cut off is refused", () => {
    expect(readProof(bytes("1 -70 0\nd -2"))).toEqual({ kind: "malformed", problem: "line 2: a literal was expected" });
    expect(readProof(Uint8Array.from([0x61, 2, 0x8d]))).toMatchObject({ kind: "malformed" });
    expect(readProof(bytes("1 2 zero 0\n"))).toMatchObject({ kind: "malformed" });
  });
});

describe("a manifest", () => {
  const sum = "0".repeat(64);
  const manifest = {
    format: 1,
    ldfi: "0.1.0",
    program: { files: ["a.ded"], includeDirs: [], sha256: sum },
    parameters: { eot: 4, omissions: Number.POSITIVE_INFINITY },
    formula: { file: "p.cnf", sha256: sum, variables: 3, clauses: 2 },
    proof: { file: "p", sha256: sum, format: "binary", steps: 9 },
    solver: "cadical",
  } as const;

  test("is read as it was written", () => {
    expect(readManifest(renderManifest(manifest))).toEqual({ ...manifest, parameters: { eot: 4, omissions: "any" } });
  });

  test.each([
    ["{", "it is not JSON"],
    ["[]", "format is not 1, the format that this version of ldfi reads"],
    [renderManifest(manifest).replace('"a.ded"', "7"), "program.files is not a list of strings"],
    [renderManifest(manifest).replace(sum, "abc"), "program.sha256 is not 64 hexadecimal digits"],
    [renderManifest(manifest).replace('"steps": 9', '"steps": "many"'), "proof.steps is not a number"],
  ])("%j is refused", (text, problem) => {
    expect(readManifest(text)).toEqual({ kind: "malformed", problem });
  });
});

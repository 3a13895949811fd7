import { expect, test } from "vitest";
import { mutants } from "../../scripts/mutants.mjs";
import { mutated } from "../../scripts/mutation.mjs";
import { root } from "../cli/ldfi.js";

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
  "the mistake %s can still be made in src",
  (_, mutant) => {
    expect(mutated(mutant, root)).toBeDefined();
  },
);

import { describe, test } from "vitest";
import { listedClaims } from "./hypothesis-claims.js";

describe("against a list of all schedules", () => {
  test.each(listedClaims)("$claim", ({ expectOf }) => expectOf(100));
});

import { examine, subjectOfSeed, suite } from "./properties.js";
import { propertiesNamed } from "./suite.js";

/** The first seed of `count` at which some property fails (of those named, or of all), with what it says; undefined if all hold. */
export function firstFailure(
  count: number,
  names: readonly string[],
): { readonly seed: number; readonly property: string; readonly message: string } | undefined {
  for (let seed = 1; seed <= count; seed++) {
    const subject = subjectOfSeed(seed);
    if ("refused" in subject) continue;
    for (const property of propertiesNamed(suite, names)) {
      const finding = examine(property, subject, seed);
      if (finding.kind === "failed")
        return { seed, property: property.name, message: finding.message.split("\n")[0] ?? "" };
    }
  }
  return undefined;
}

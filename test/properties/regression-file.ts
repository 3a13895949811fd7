import { draftOf, print } from "./draft.js";
import { parse } from "./loading.js";
import type { Failure, Generated } from "./suite.js";

/** The parameters of a stored case, on a comment line of their own. */
const marker = "// case: ";

/** The text under which a failure is kept: its parameters, what was wrong (an exception without its stack, which names folders), the program. */
export function storedText<C extends Generated>(failure: Failure<C>): string {
  const { draft, ...parameters } = failure.case;
  const said = failure.message
    .split("\n")
    .filter((line) => !/^ +at /.test(line))
    .slice(0, 6)
    .map((line) => `// ${line}`.trimEnd());
  return [`// property: ${failure.property}`, ...said, `${marker}${JSON.stringify(parameters)}`, print(draft)].join(
    "\n",
  );
}

/** The case kept in a text. */
export function storedCase<C extends Generated>(text: string): C {
  const line = text.split("\n").find((l) => l.startsWith(marker));
  if (line === undefined) throw new Error(`no line that starts with \`${marker}\``);
  // What was stored is what is read: a file made by hand is wrong at its own peril.
  return { ...JSON.parse(line.slice(marker.length)), draft: draftOf(parse(text)) };
}

import { draftOf, print } from "./draft.js";
import type { Case } from "./generator/generate.js";
import { parse } from "./loading.js";
import type { Failure } from "./properties.js";

/** The parameters of a stored case, on a comment line of their own. */
const marker = "// case: ";

/** The text under which a failure is kept: its parameters, what was wrong, the program. */
export function storedText(failure: Failure): string {
  const { draft, ...parameters } = failure.case;
  const said = failure.message
    .split("\n")
    .slice(0, 6)
    .map((line) => `// ${line}`.trimEnd());
  return [`// property: ${failure.property}`, ...said, `${marker}${JSON.stringify(parameters)}`, print(draft)].join(
    "\n",
  );
}

/** The case kept in a text. */
export function storedCase(text: string): Case {
  const line = text.split("\n").find((l) => l.startsWith(marker));
  if (line === undefined) throw new Error(`no line that starts with \`${marker}\``);
  const parameters: Omit<Case, "draft"> = JSON.parse(line.slice(marker.length));
  return { ...parameters, draft: draftOf(parse(text)) };
}

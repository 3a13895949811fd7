import { nearest } from "../source/nearest.js";
import type { PromiseDeclaration, Role } from "./declaration.js";
import { scanFields } from "./directive-fields.js";
import type { Line, LineReader } from "./directive-line.js";
import { isPromiseName, relation as parseRelation } from "./directive-values.js";
import type { Name } from "./tree.js";

const roles: readonly Role[] = ["pre", "post", "never"];
const example = "write `//! promise kept pre=due post=kept`, or `//! promise safe never=two_leaders`";

/** Parses a name and its roles: `kept pre=due post=kept`. */
export const readPromise: LineReader<PromiseDeclaration> = (line) => {
  const name = readName(line);
  const found: Partial<Record<Role, Name>> = {};
  const start = name.span.end;
  for (const field of line.isClean() ? scanFields(line.span.file, start, line.span.end, line.report) : []) {
    const { key } = field;
    const role = roles.find((known) => known === key.text);
    if (role === undefined) {
      const meant = nearest(key.text, roles);
      line.report(
        key.span,
        `\`${key.text}\` is not part of a promise`,
        meant === undefined ? "a promise has `pre`, `post` and `never`" : `did you mean \`${meant}\`?`,
      );
    } else if (found[role] !== undefined) line.report(key.span, `\`${role}\` is given twice`, "keep one of them");
    else if (parseRelation(field, line.report) !== undefined) found[role] = field.value;
  }
  if (line.isClean()) checkRoles(found, name, line);
  return { kind: "promise", name, roles: found, span: line.span };
};

function readName(line: Line): Name {
  const { file, end } = line.span;
  const text = /^\s*(\S*)/.exec(file.text.slice(line.start, end));
  const word = text?.[1] ?? "";
  const start = line.start + (text?.[0].length ?? 0) - word.length;
  const name: Name = { text: word, span: { file, start, end: start + word.length } };
  if (word === "" || word.includes("=")) line.report(line.span, "this promise has no name", example);
  else if (!isPromiseName(word))
    line.report(name.span, `\`${word}\` is not the name of a promise`, "a name has letters, digits, `_` and `-`");
  else if (word === "default")
    line.report(
      name.span,
      "`default` is the promise of the relations `pre`, `post` and `never`",
      "give this promise another name",
    );
  return name;
}

function checkRoles(found: Readonly<Partial<Record<Role, Name>>>, name: Name, line: Line): void {
  if (Object.keys(found).length === 0)
    line.report(line.span, `the promise \`${name.text}\` names no relation`, `${example}`);
  else if (found.pre !== undefined && found.post === undefined)
    line.report(
      found.pre.span,
      `the promise \`${name.text}\` has \`pre\`, and no \`post\` that keeps it`,
      "add `post=` with a relation of the same columns",
    );
}

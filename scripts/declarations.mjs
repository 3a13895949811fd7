// The declarations of the built library, as the compiler writes them: what is exported, with its docstring and the
// names that its signature uses. Used for docs/api.md, and by the test that holds every such name to be exported.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * One exported name: where it is declared, under which name, and what it says of itself.
 * @typedef {{ name: string, kind: string, file: string, own: string, doc: string, text: string, uses: readonly string[] }} Declaration
 */

/**
 * @param {string} types the folder of the declarations
 * @returns {readonly Declaration[]} in the order of index.d.ts
 */
export function exportedDeclarations(types) {
  const files = new Map();
  const moduleAt = (path) => {
    const known = files.get(path) ?? moduleOf(path);
    files.set(path, known);
    return known;
  };
  return moduleAt(join(types, "index.d.ts")).reexports.map(({ name, own, target }) => {
    const at = origin(moduleAt, target, own);
    const { kind, doc, text } = statementOf(at.module, at.own);
    const uses = usedNames(moduleAt, at.module, text, new Set()).map(({ path, own: used }) => `${path}#${used}`);
    return { name, kind, file: relative(types, at.path), own: `${at.path}#${at.own}`, doc, text, uses };
  });
}

/** Follows re-exports to where a name is declared. */
function origin(moduleAt, path, own) {
  const module = moduleAt(path);
  const passed = module.reexports.find(({ name }) => name === own);
  return passed === undefined ? { module, path, own } : origin(moduleAt, passed.target, passed.own);
}

function moduleOf(path) {
  const source = readFileSync(path, "utf8");
  const target = (from) => join(dirname(path), from.replace(/\.js$/, ".d.ts"));
  const names = (list) =>
    list
      .split(",")
      .map((item) => item.trim().replace(/^type /, ""))
      .filter((item) => item !== "")
      .map((item) => item.split(" as "))
      .map(([own, name = own]) => ({ own, name }));
  const of = (pattern) =>
    [...source.matchAll(pattern)].flatMap(([, list, from]) =>
      names(list).map((pair) => ({ ...pair, target: target(from) })),
    );
  return {
    path,
    imports: of(/^import (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm),
    reexports: of(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm),
    statements: statementsOf(source),
  };
}

/** The statements of a file of declarations: each begins in the first column, with its docstring before it. */
function statementsOf(source) {
  const starts =
    /^(?:\/\*\*(?<doc>(?:[^*]|\*(?!\/))*)\*\/\n)?(?<head>(?:export )?(?:declare )?(?:abstract )?(?<kind>interface|type|function|class|const) (?<name>\w+))/gm;
  const found = [...source.matchAll(starts)];
  return found.map(({ index, groups = {} }, i) => {
    const begin = source.indexOf(groups.head, index);
    const text = source.slice(begin, found[i + 1]?.index ?? source.length);
    return { name: groups.name, kind: groups.kind, doc: docText(groups.doc ?? ""), text: endOf(text) };
  });
}

/** Without what follows the statement. */
function endOf(text) {
  return text.replace(/\n(?:\/\*\*|\/\*|export \{|import )[\s\S]*$/, "").trimEnd();
}

function docText(comment) {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join("\n")
    .trim();
}

function statementOf(module, name) {
  const statement = module.statements.find((s) => s.name === name);
  if (statement === undefined) throw new Error(`${module.path} does not declare ${name}`);
  return statement;
}

/** The declared types that a statement names, each where it is declared; those that are not exported are looked into. */
function usedNames(moduleAt, module, text, seen) {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, "").replace(/^\s*private .*$/gm, "");
  // `import("…").Name`, as the compiler writes a type that the source does not name.
  const written = [...text.matchAll(/import\("(\.[^"]+)"\)\.(\w+)/g)].map(([, from, own]) =>
    origin(moduleAt, join(dirname(module.path), from.replace(/\.js$/, ".d.ts")), own),
  );
  const words = new Set([...code.matchAll(/\b[A-Za-z_$][\w$]*/g)].map(([word]) => word));
  // A function or a constant is named only by `typeof`; elsewhere the word is that of a property.
  const names = (name, kind) =>
    words.has(name) && (/^(interface|type|class)$/.test(kind) || code.includes(`typeof ${name}`));
  const imported = module.imports
    .filter(({ name }) => words.has(name))
    .map(({ target, own, name }) => ({ ...origin(moduleAt, target, own), name }))
    .filter((at) => names(at.name, statementOf(at.module, at.own).kind));
  const local = module.statements.filter(({ name, kind, text: own }) => names(name, kind) && own !== text);
  return [
    ...written,
    ...imported,
    ...local.flatMap((statement) => {
      if (/^export /.test(statement.text)) return [{ path: module.path, own: statement.name, module }];
      if (seen.has(statement.name)) return [];
      seen.add(statement.name);
      return usedNames(moduleAt, module, statement.text, seen);
    }),
  ];
}

import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Position } from "vscode-languageserver";
import { diskFiles } from "../../src/disk/disk-files.js";
import { diskFolders } from "../../src/disk/disk-folders.js";
import { programsAt } from "../../src/testing/discovery.js";
import { root } from "../cli/ldfi.js";
import { editorWith } from "./editor.js";

const programs = join(root, "programs");
const paths = programsAt([programs], diskFolders, diskFiles()).files.map((path) => relative(programs, path));
const library = Object.fromEntries(paths.map((path) => [path, readFileSync(join(programs, path), "utf8")]));

/** What is asked about the place where the text is being written; each step asks for some of it. */
const placed = [
  "hover",
  "completion",
  "signatureHelp",
  "definition",
  "documentHighlight",
  "prepareRename",
  "references",
] as const;
const whole = [
  "documentSymbol",
  "foldingRange",
  "semanticTokens/full",
  "codeLens",
  "inlayHint",
  "formatting",
  "rangeFormatting",
  "selectionRange",
] as const;

/** One in so many is typed by the character. */
const byCharacter = 12;

function parts(text: string, how: "token" | "character"): readonly string[] {
  return how === "character" ? [...text] : (text.match(/\s*(?:\w+|[^\s\w]+)|\s+$/g) ?? []);
}

function after({ line, character }: Position, part: string): Position {
  const lines = part.split("\n");
  const last = lines.at(-1) ?? "";
  return { line: line + lines.length - 1, character: (lines.length === 1 ? character : 0) + last.length };
}

/** The places in an answer that lie behind the end of the text. */
function outside(answer: unknown, end: Position): readonly Position[] {
  if (typeof answer !== "object" || answer === null) return [];
  if ("line" in answer && "character" in answer) {
    const place = answer as Position;
    const isOutside = place.line > end.line || (place.line === end.line && place.character > end.character);
    return isOutside ? [place] : [];
  }
  return Object.values(answer).flatMap((part) => outside(part, end));
}

describe("a program that is typed into the server", () => {
  test.each(paths.map((path, i) => ({ path, how: i % byCharacter === 0 ? "character" : "token" }) as const))(
    "$path, by the $how: every request is answered after each",
    async ({ path, how }) => {
      const none = Promise.resolve(undefined);
      const editor = editorWith(library, {
        list: () => [`/files/${path}`],
        work: () => ({ answer: none, cancel: () => {} }),
      });
      await editor.initialize({}, { inlayHints: true });
      await editor.open(path, "");
      let position: Position = { line: 0, character: 0 };
      let i = 0;
      for (const part of parts(library[path] ?? "", how)) {
        await editor.type(path, { start: position, end: position }, part);
        position = after(position, part);
        const here = { start: position, end: position };
        const range = { start: { line: 0, character: 0 }, end: position };
        const options = { tabSize: 2, insertSpaces: true };
        const more = { range, positions: [position], options };
        const answers = await Promise.all([
          editor.about(path, "textDocument/codeAction", { range: here, context: { diagnostics: [] } }),
          editor.about(path, `textDocument/${placed[i % placed.length]}`, {
            position,
            context: { includeDeclaration: true },
          }),
          editor.about(path, `textDocument/${whole[i % whole.length]}`, more),
        ]);
        // Definitions and references may be in other texts.
        const own = answers.map((answer) => (JSON.stringify(answer).includes('"uri"') ? undefined : answer));
        expect(outside(own, position)).toEqual([]);
        i++;
      }
      expect(i).toBeGreaterThan(3);
    },
  );
});

import type { FileReader } from "../source/file-reader.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { ParseCache } from "./parse-cache.js";
import { partsOf, rootsAmong } from "./roots.js";
import type { Surroundings, View } from "./views.js";
import { viewsOf } from "./views.js";

interface Analysed {
  readonly views: readonly View[];
  /** The resolved paths of the files that were read. */
  readonly parts: ReadonlySet<string>;
}

/**
 * The programs of some folders, where texts that are being edited replace those on the disk. What is derived from a text is
 * kept until the text changes.
 */
export class Workspace {
  readonly surroundings: Surroundings;
  /** By resolved path: the texts that are open. */
  private readonly open = new Map<string, string>();
  /** By resolved path: what was read from the disk. */
  private readonly read = new Map<string, ReturnType<FileReader["read"]>>();
  private readonly analyses = new Map<string, Analysed>();
  private readonly parses = new ParseCache();
  private readonly roots = new Map<string, readonly string[]>();
  private listed: readonly string[] | undefined;

  /** `list`: every program under the folders of the workspace. */
  constructor(
    private readonly disk: FileReader,
    private readonly list: () => readonly string[],
    includeDirs: readonly string[] = [],
  ) {
    const reader: FileReader = { ...disk, read: (path) => this.textOf(path) };
    this.surroundings = { reader, includeDirs, parses: this.parses };
  }

  /** A text is opened or changed. */
  change(path: string, text: string): void {
    const key = this.disk.resolve(path);
    const before = this.open.get(key) ?? this.knownText(key);
    this.open.set(key, text);
    if (before !== text) this.invalidate(key, before === undefined || linksOf(before) !== linksOf(text));
  }

  /** The text is no longer open: that of the disk is used again. */
  close(path: string): void {
    const key = this.disk.resolve(path);
    const text = this.open.get(key);
    this.open.delete(key);
    this.read.delete(key);
    const now = this.textOf(path);
    if (now.kind !== "read" || now.text !== text) this.invalidate(key, true);
  }

  /** Files on the disk appeared, changed or disappeared. */
  diskChanged(paths: readonly string[]): void {
    this.listed = undefined;
    for (const path of paths) {
      const key = this.disk.resolve(path);
      this.read.delete(key);
      if (!this.open.has(key)) this.invalidate(key, true);
    }
  }

  /** The text of a file as it is being edited. */
  textOf(path: string): ReturnType<FileReader["read"]> {
    const key = this.disk.resolve(path);
    const text = this.open.get(key);
    if (text !== undefined) return { kind: "read", text };
    const known = this.read.get(key) ?? this.disk.read(path);
    this.read.set(key, known);
    return known;
  }

  /** The texts that are open, by resolved path. */
  get texts(): ReadonlyMap<string, string> {
    return this.open;
  }

  treeOf(path: string): SyntaxTree {
    const read = this.textOf(path);
    return this.parses.parse({ path, text: read.kind === "read" ? read.text : "" }).tree;
  }

  /** The programs that a file belongs to; at least one, in the order of their roots. */
  viewsWith(path: string): readonly View[] {
    const key = this.disk.resolve(path);
    const own = this.rootsOf(path).flatMap((root) =>
      this.analysisOf(root).views.filter(({ trees }) =>
        trees.some(({ source }) => this.disk.resolve(source.path) === key),
      ),
    );
    return own.length > 0 ? own : this.analysisOf(path).views;
  }

  /** The roots of the programs that a file belongs to. */
  rootsOf(path: string): readonly string[] {
    const key = this.disk.resolve(path);
    const known = this.roots.get(key);
    if (known !== undefined) return known;
    const candidates = this.candidatesFor(path);
    const roots = rootsAmong(candidates, this.surroundings).filter(
      (root) => this.disk.resolve(root) === key || partsOf(root, this.surroundings).has(key),
    );
    this.roots.set(key, roots);
    return roots;
  }

  /** Every program file of the workspace, and those that are open. */
  files(): readonly string[] {
    this.listed ??= this.list();
    const all = new Map(this.listed.map((path) => [this.disk.resolve(path), path]));
    for (const path of this.open.keys()) if (!all.has(path)) all.set(path, path);
    return [...all.values()].sort();
  }

  private analysisOf(root: string): Analysed {
    const key = this.disk.resolve(root);
    const known = this.analyses.get(key);
    if (known !== undefined) return known;
    const analysed = { views: viewsOf(root, this.surroundings), parts: partsOf(root, this.surroundings) };
    this.analyses.set(key, analysed);
    return analysed;
  }

  /** The files whose programs may read this one, found without parsing: by the names that they mention. */
  private candidatesFor(path: string): readonly string[] {
    const files = this.files();
    const mentions = new Map(files.map((file) => [file, linksOf(this.knownText(file) ?? "")]));
    const candidates = new Set<string>([path]);
    const pending = [path];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const name = baseName(next);
      for (const [file, links] of mentions) {
        if (candidates.has(file) || !links.split("\n").some((link) => baseName(link) === name)) continue;
        candidates.add(file);
        pending.push(file);
      }
    }
    const key = this.disk.resolve(path);
    const others = [...candidates].filter((file) => file !== path && this.disk.resolve(file) !== key);
    return [path, ...others.sort()];
  }

  private knownText(path: string): string | undefined {
    const read = this.textOf(path);
    return read.kind === "read" ? read.text : undefined;
  }

  private invalidate(key: string, links: boolean): void {
    for (const [root, { parts }] of this.analyses) if (links || parts.has(key)) this.analyses.delete(root);
    if (links) this.roots.clear();
  }
}

/** What determines the programs that a text belongs to: the files that it names, and whether it asks for a check. */
function linksOf(text: string): string {
  const includes = [...text.matchAll(/\binclude\s*"([^"\n]+)"/g)].map(([, name = ""]) => name);
  const added = [...text.matchAll(/^[^\n]*\/\/!.*$/gm)].flatMap(([line]) =>
    [...line.matchAll(/\bwith=(?:"([^"]*)"|(\S+))/g)].flatMap(([, quoted, bare = ""]) => quoted ?? bare.split(",")),
  );
  const asks = /\/\/!\s*(?:check|run)\b/.test(text) ? ["//!"] : [];
  return [...includes, ...added, ...asks].join("\n");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

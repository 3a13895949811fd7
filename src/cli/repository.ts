import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { stdinPath } from "../disk/disk-files.js";
import type { PathName } from "../source/path-name.js";

/**
 * Names files as the repository's host does: relative to its root, with `/`, from whichever folder ldfi runs. Files outside of
 * a repository keep the names that they were given.
 */
export function repositoryPaths(cwd: string, workspace: string | undefined): PathName {
  // The disk is read only when there is a file to name.
  let named: PathName | undefined;
  return (path) => {
    named ??= namesFrom(real(cwd), workspace);
    return named(path);
  };
}

function namesFrom(cwd: string, workspace: string | undefined): PathName {
  const root = repositoryRoot(cwd, workspace);
  if (root === undefined) return (path) => path;
  return (path) => {
    if (path === stdinPath || path === "<stdin>") return path;
    const absolute = resolve(cwd, path);
    const inside = within(root, absolute) ?? within(root, join(real(dirname(absolute)), basename(absolute)));
    return inside === undefined ? path : inside.split(sep).join("/");
  };
}

/**
 * The nearest folder from `cwd` upwards that contains `.git`. `workspace` is that of a CI job, `GITHUB_WORKSPACE`: the search ends
 * there, and it is taken as the root if the checkout has no `.git`.
 */
function repositoryRoot(cwd: string, workspace: string | undefined): string | undefined {
  const last = workspace === undefined || workspace === "" ? undefined : real(workspace);
  const bounded = last !== undefined && within(last, join(cwd, "x")) !== undefined;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (bounded && folder === last) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The relative path from a folder to a path below it; nothing if it is not below. */
function within(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way;
}

/** Without symbolic links, where the path exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

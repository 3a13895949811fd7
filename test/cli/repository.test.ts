import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryPaths } from "../../src/cli/repository.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "ldfi-"));
  for (const path of ["repo/.git", "repo/deep/programs", "checkout/sub", "checkout/inner/.git", "checkout/inner/sub"])
    mkdirSync(join(folder, path), { recursive: true });
  // A worktree and a submodule have a file of that name.
  mkdirSync(join(folder, "worktree/sub"), { recursive: true });
  writeFileSync(join(folder, "worktree/.git"), "gitdir: elsewhere\n");
  symlinkSync(join(folder, "repo"), join(folder, "link"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("files are named as the host of the repository does", () => {
  test.each([
    ["in the root", "repo", "a.ded", "a.ded"],
    ["below it", "repo/deep", "programs/a.ded", "deep/programs/a.ded"],
    ["on the way up", "repo/deep/programs", "../../b.ded", "b.ded"],
    ["by its absolute path", "repo/deep", "/repo/deep/a.ded", "deep/a.ded"],
    ["by an absolute path through a link", "repo/deep", "/link/deep/programs/a.ded", "deep/programs/a.ded"],
    ["from a folder that is reached through a link", "link/deep", "a.ded", "deep/a.ded"],
    ["outside of the repository", "repo/deep", "../../other/a.ded", "../../other/a.ded"],
    ["whose name begins with dots", "repo/deep", "../..a.ded", "..a.ded"],
    ["in a worktree", "worktree/sub", "a.ded", "sub/a.ded"],
    ["that is standard input", "repo/deep", "<stdin>", "<stdin>"],
  ])("%s", (_, cwd, path, name) => {
    const given = path.startsWith("/") ? join(folder, path) : path;
    expect(repositoryPaths(join(folder, cwd), undefined)(given)).toBe(name);
  });

  test("of a checkout without .git: GITHUB_WORKSPACE is the root", () => {
    const names = repositoryPaths(join(folder, "checkout/sub"), join(folder, "checkout"));
    expect(names("a.ded")).toBe("sub/a.ded");
  });

  test("of a repository that was checked out into a folder of the workspace: that repository is the root", () => {
    const names = repositoryPaths(join(folder, "checkout/inner/sub"), join(folder, "checkout"));
    expect(names("a.ded")).toBe("sub/a.ded");
  });

  test("a repository around the workspace does not count", () => {
    const names = repositoryPaths(join(folder, "repo/deep/programs"), join(folder, "repo/deep"));
    expect(names("a.ded")).toBe("programs/a.ded");
  });

  test("without a repository, names are unchanged", () => {
    expect(repositoryPaths(join(folder, "checkout/sub"), "")("a.ded")).toBe("a.ded");
  });
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ldfi, Started } from "./ldfi.js";

const once = `include "spec.ded";
node("a", "b")@1; node(X, Y)@next :- node(X, Y);
bcast("a", "hi")@1;
log(X, P) :- bcast(X, P);
log(X, P)@next :- log(X, P);
log(Y, P)@async :- bcast(X, P), node(X, Y);
`;
const retry = once.replace("bcast(X, P), node(X, Y)", "log(X, P), node(X, Y)");
const spec = 'pre(P) :- log(_, P);\npost(P) :- log("b", P);\n';

let folder = "";
let started: Started | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-watch-"));
  write("main.ded", once);
  write("spec.ded", spec);
});
afterEach(() => {
  started?.signal("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** As editors save that put a new file in the place of the old. */
function replace(name: string, text: string): void {
  write(`.${name}.tmp`, text);
  renameSync(join(folder, `.${name}.tmp`), join(folder, name));
}

function watching(): Started {
  started = new Started(["check", join(folder, "main.ded"), "--eot", "4", "--eff", "2", "--watch", "-q"]);
  return started;
}

const violated = "VIOLATED  with 1 fault, and no schedule with fewer does";

test("a save is checked at once, whether written or renamed, and what changed is reported", async () => {
  const ldfi = watching();
  await ldfi.printed(/^VIOLATED.*\nwatching 2 files; Ctrl-C ends\n/);
  write("main.ded", retry);
  await ldfi.printed(new RegExp(`HOLDS.*\\nwatching 2 files, was: ${violated}; Ctrl-C ends\\n`));
  replace("main.ded", once);
  await ldfi.printed(/VIOLATED[^\n]*\nwatching 2 files, was: HOLDS/);
  ldfi.signal("SIGINT");
  expect(await ldfi.ended).toMatchObject({ status: 1, stderr: "" });
});

test("a question that was answered is not decided again", async () => {
  started = new Started(["check", join(folder, "main.ded"), "--eot", "4", "--eff", "2", "--watch"]);
  await started.printed(/VIOLATED/);
  write("main.ded", `// another line\n${once}`);
  await started.printed(/an answer from the cache, run again[\s\S]*watching 2 files, as before/);
});

test("a file that is included counts, goes away and comes back; a mistake is not the end", async () => {
  const ldfi = watching();
  await ldfi.printed(/VIOLATED/);
  replace("spec.ded", spec.replace('log("b", P)', 'log("a", P)'));
  await ldfi.printed(/HOLDS/);
  rmSync(join(folder, "spec.ded"));
  await ldfi.printed(/watching \d files?, was: HOLDS.*\n/);
  replace("spec.ded", spec);
  await ldfi.printed(/\nVIOLATED[^\n]*\nwatching 2 files, was: error/);
  replace("main.ded", "log(;");
  await ldfi.printed(/watching 1 file, was: VIOLATED/);
  replace("main.ded", retry);
  await ldfi.printed(/\nHOLDS[^\n]*\nwatching 2 files, was: error\[syntax/);
  ldfi.signal("SIGTERM");
  expect(await ldfi.ended).toMatchObject({ status: 0 });
});

test("a folder that goes away and comes back is watched again", async () => {
  const ldfi = watching();
  await ldfi.printed(/VIOLATED/);
  rmSync(folder, { recursive: true });
  await ldfi.printed(/watching \d files?, was: VIOLATED/);
  mkdirSync(folder);
  write("spec.ded", spec);
  write("main.ded", retry);
  await ldfi.printed(/HOLDS/);
});

test("standard input and --pin are refused", () => {
  expect(ldfi(["check", "-", "--watch"])).toMatchObject({ status: 2, stdout: "" });
  expect(ldfi(["check", "x.ded", "--watch", "--pin"]).stderr).toContain(
    "--watch needs files, and does not change them",
  );
});

import { expect, test } from "vitest";
import { loadProgram } from "../../src/program/load.js";
import type { RepairOptions } from "../../src/repair/repair.js";
import { repair } from "../../src/repair/repair.js";
import type { Repair } from "../../src/repair/result.js";
import { memory, repairsOf } from "./repairing.js";

const shared = `// What both servers share.
store("a", "s")@1;
store(A, S)@next :- store(A, S);
put("a", "w")@1;
put(A, W)@next :- put(A, W), notin done(A, W);
write(S, A, W)@async :- put(A, W), store(A, S), notin done(A, W);
done(A, W)@async :- write(S, A, W);
done(A, W)@next :- done(A, W);

log(S, W) :- write(S, _, W);  // kept, until it is forgotten
log(S, W)@next :- log(S, W);
`;

const main = `//! check eot=9 eff=5 omissions=0 restarts=1 spare=a,r expect=violated
include "shared.ded";

reader("s", "r")@1;
reader(S, R)@next :- reader(S, R);
asks("r", "s")@6;
ask(S, R)@async :- asks(R, S);
answer(R, W)@async :- ask(S, R), log(S, W);
known(R, W) :- answer(R, W);
known(R, W)@next :- known(R, W);
wanted("r", "w")@1;
wanted(R, W)@next :- wanted(R, W);
pre(R, W) :- wanted(R, W);
post(R, W) :- known(R, W);
`;

const options: RepairOptions = { eot: 9, eff: 5, omissions: 0, restarts: 1, spare: ["a", "r"], maxEdits: 1 };

function durableRepair(files: Readonly<Record<string, string>>): Repair {
  const reader = memory(files);
  const { trees } = loadProgram(["main.ded"], reader);
  const list = (path: string) =>
    path === "." ? { kind: "folder" as const, entries: Object.keys(files) } : { kind: "file" as const };
  const { result } = repair(trees, options, { files: ["main.ded"], reader, includeDirs: [], list });
  const found = result === undefined ? [] : repairsOf(result);
  const durable = found.find(({ edits }) => edits.every(({ template }) => template === "durable"));
  if (durable === undefined) throw new Error("nothing is made durable");
  return durable;
}

test("a durable line goes where the relation is defined; comments and layout stay", () => {
  const { files } = durableRepair({ "main.ded": main, "shared.ded": shared });
  expect(files).toEqual([
    {
      path: "shared.ded",
      before: shared,
      after: shared.replace("log(S, W) :- write", "//! durable log\nlog(S, W) :- write"),
    },
  ]);
});

test("the ends of lines of a file are kept", () => {
  const crlf = shared.replaceAll("\n", "\r\n");
  const [file] = durableRepair({ "main.ded": main, "shared.ded": crlf }).files;
  expect(file?.after).toBe(crlf.replace("log(S, W) :- write", "//! durable log\r\nlog(S, W) :- write"));
});

test("lines of the program, and of others that include an edited file, that are not met any more are listed", () => {
  const other = main.replace("//! check", '//! check name="the other"');
  const { noLongerMet, elsewhere } = durableRepair({ "main.ded": main, "other.ded": other, "shared.ded": shared });
  expect(noLongerMet.map(({ file, line }) => ({ file, line }))).toEqual([{ file: "main.ded", line: 1 }]);
  expect(elsewhere.map(({ file, line }) => ({ file, line }))).toEqual([{ file: "other.ded", line: 1 }]);
});

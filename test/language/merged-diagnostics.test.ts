import { describe, expect, it } from "vitest";
import { lintFiles } from "../../src/language/lint-files.js";
import { ParseCache } from "../../src/language/parse-cache.js";
import { rootsAmong } from "../../src/language/roots.js";
import { memoryFiles } from "../program/memory-files.js";

/** `file: code: marked text` of every diagnostic of some files. */
function lint(files: Readonly<Record<string, string>>, named = Object.keys(files)): readonly string[] {
  return lintFiles(named, memoryFiles(files), []).map(({ code, span }) =>
    span === undefined ? code : `${span.file.path}: ${code}: ${span.file.text.slice(span.start, span.end)}`,
  );
}

const shared = "post(X) :- log(X), quiet(X);\nlog(X)@next :- log(X);\nextra(X) :- log(X);\n";
const reads = 'include "shared.ded";\nlog("a")@1;\nquiet("a")@1;\npre(X) :- log(X), extra(X);\n';
const leaves = 'include "shared.ded";\nlog("a")@1;\nquiet("a")@1;\npre(X) :- log(X);\n';

describe("a file that several programs share", () => {
  it("gets advice only if it is true of all of them", () => {
    expect(lint({ "shared.ded": shared, "one.ded": leaves })).toEqual(["shared.ded: unread-relation: extra(X)"]);
    expect(lint({ "shared.ded": shared, "one.ded": leaves, "two.ded": reads })).toEqual([]);
  });

  it("gets the errors of each", () => {
    const wrong =
      'include "shared.ded";\nlog("a")@1;\nquiet("a", "b")@1;\nquiet("b", "c")@1;\npre(X) :- log(X), extra(X);\n';
    expect(lint({ "shared.ded": shared, "one.ded": reads, "two.ded": wrong })).toEqual(["shared.ded: arity: quiet(X)"]);
  });

  it("is a program of its own only where nobody includes it", () => {
    expect(lint({ "shared.ded": shared })).toEqual([
      "shared.ded: unknown-relation: quiet(X)",
      "shared.ded: unread-relation: extra(X)",
    ]);
  });

  it("is told apart from one that a line adds", () => {
    const files = {
      "main.ded": '//! check eot=4 with=spec.ded expect=holds\nlog("a")@1;\nlog(X)@next :- log(X);\n',
      "spec.ded": "post(X) :- log(X);\n",
    };
    expect(lint(files)).toEqual([]);
    expect(lint(files, ["spec.ded"])).toEqual(["spec.ded: unknown-relation: log(X)"]);
  });
});

describe("the lines of a root", () => {
  it("say which relations are read, and by that what is doubtful", () => {
    const text = 'log("a")@1;\nlog(X)@next :- log(X);\nagreed(X) :- log(X);\npost(X) :- log(X);\n';
    expect(lint({ "a.ded": `//! check eot=4 expect=holds\n${text}` })).toEqual(["a.ded: unread-relation: agreed(X)"]);
    expect(
      lint({ "a.ded": `//! check eot=4 expect=holds\n//! check eot=4 post=agreed expect=holds\n${text}` }),
    ).toEqual([]);
  });

  it("are blamed for names that the program does not have", () => {
    const text =
      'post("a")@1;\n//! check eot=4 nodes=a,q expect=holds\n//! check eot=4 pre=promise expect=holds\n//! chekc eot=4\n';
    expect(lint({ "a.ded": text })).toEqual([
      "a.ded: unknown-node: nodes=a,q",
      "a.ded: unknown-outcome: pre=promise",
      "a.ded: bad-expectation: //! chekc eot=4",
    ]);
  });
});

describe("roots", () => {
  const roots = (files: Readonly<Record<string, string>>): readonly string[] =>
    rootsAmong(Object.keys(files), { reader: memoryFiles(files), includeDirs: [], parses: new ParseCache() });

  it("are files that nobody includes, and those that ask for a check", () => {
    expect(
      roots({
        "main.ded": 'include "part.ded";',
        "part.ded": 'include "deep.ded";',
        "deep.ded": 'r("a")@1;',
        "asks.ded": '//! check eot=1 expect=holds\npost("a")@1;',
        "other.ded": 'include "asks.ded";',
      }),
    ).toEqual(["main.ded", "asks.ded", "other.ded"]);
  });

  it("are there even if files include each other in a circle", () => {
    expect(roots({ "a.ded": 'include "b.ded";', "b.ded": 'include "a.ded";' })).toEqual(["a.ded"]);
  });
});

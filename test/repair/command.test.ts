import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { replaceText } from "../../src/cli/write-whole.js";
import { inProcess } from "../cli/in-process.js";

const { $schema: _draft, ...schema } = JSON.parse(readFileSync("schema/repair.schema.json", "utf8")) as Readonly<
  Record<string, unknown>
>;
const validate = new Ajv({ strict: false }).compile(schema);

/** What the schema says of a document, and the document. */
function described(text: string): { readonly errors: unknown; readonly document: Readonly<Record<string, unknown>> } {
  const document = JSON.parse(text) as Readonly<Record<string, unknown>>;
  validate(document);
  return { errors: validate.errors, document };
}

const simple = ["repair", "programs/delivery/simple.ded", "--eot", "6"];

describe("ldfi repair", () => {
  test("says first how many repairs hold, and exits with 0", async () => {
    const { stdout, status } = await inProcess([...simple, "--max-repairs", "1", "-q"]);
    expect({ stdout, status }).toEqual({ stdout: "REPAIRED  1 repair holds under the whole budget\n", status: 0 });
  });

  test("shows a repair as a title, a diff and its price", async () => {
    const { stdout } = await inProcess([...simple, "--max-repairs", "1"]);
    expect(stdout).toContain("1  bcast is kept, so that log is sent at every instant\n");
    expect(stdout).toContain("    +bcast(X, Message)@next :- bcast(X, Message);\n");
    expect(stdout).toContain("Price     1 rule more\n");
    expect(stdout).toContain(
      "Outdated  programs/delivery/simple.ded:15: //! check eot=4 eff=2 crashes=0 expect=violated faults=1\n",
    );
  });

  test("says what became of the candidates where none is a repair", async () => {
    const twoPhase = ["repair", "programs/commit/2pc.ded", "--eot", "5", "--eff", "0", "--crashes", "1"];
    const { stdout, status } = await inProcess([...twoPhase, "--max-edits", "1"]);
    expect(status).toBe(1);
    expect(stdout).toContain("NOT REPAIRED  22 candidates tried, none is a repair\n");
    expect(stdout).toContain("Tried     21 are violated\n          1 promises less without faults\n");
  });

  test("writes JSON as its schema describes it", async () => {
    const { stdout } = await inProcess([...simple, "--max-repairs", "1", "--format", "json"]);
    const { errors, document } = described(stdout);
    expect(errors).toBeNull();
    expect(document.verdict).toBe("repaired");
  });

  test("has nothing to repair where the program holds", async () => {
    const { stdout, status } = await inProcess(["repair", "programs/delivery/ack.ded", "--format", "json"]);
    const { errors, document } = described(stdout);
    expect({ errors, verdict: document.verdict, status }).toEqual({
      errors: null,
      verdict: "nothing-to-repair",
      status: 0,
    });
  });

  test("exits with 3 where a limit came first and no repair was found", async () => {
    let polls = 0;
    const { stdout, status } = await inProcess(
      ["repair", "programs/commit/2pc.ded", "--eot", "6", "--eff", "0", "--crashes", "1", "--format", "json"],
      { interrupted: () => ++polls > 400 },
    );
    const { errors, document } = described(stdout);
    expect({ errors, status, stopped: document.stopped }).toEqual({
      errors: null,
      status: 3,
      stopped: { reason: "interrupted", detail: "the search was interrupted" },
    });
  });

  test("keeps the repairs that were found when it is interrupted", async () => {
    // Interrupted as soon as the first repair is announced.
    let found = false;
    const { stdout, status } = await inProcess(
      ["repair", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2", "--format", "json"],
      {
        interrupted: () => found,
        progress: (stage) => {
          found ||= stage.startsWith("repair ") && stage !== "repair 0";
        },
      },
    );
    const { errors, document } = described(stdout);
    expect({ errors, verdict: document.verdict, status }).toEqual({ errors: null, verdict: "repaired", status: 0 });
    expect(document.stopped).toMatchObject({ reason: "interrupted" });
    expect(document.repairs).toEqual([
      expect.objectContaining({ beyond: { oneMore: [], later: 0, further: "undecided" } }),
    ]);
  });

  test("--write applies the repair that is named", async () => {
    const written: string[] = [];
    const { stderr, status } = await inProcess([...simple, "--max-repairs", "1", "--write", "1", "-q"], {
      replace: (path, before, after) => {
        written.push(path, after.replace(before.slice(0, 100), ""));
        return undefined;
      },
    });
    expect(written[0]).toBe("programs/delivery/simple.ded");
    expect(written[1]).toContain("\nbcast(X, Message)@next :- bcast(X, Message);\n");
    expect({ stderr, status }).toEqual({
      stderr: "ldfi: repair 1 was written to programs/delivery/simple.ded\n",
      status: 0,
    });
  });

  test("--write refuses a file that has changed, and a number that no repair has", async () => {
    const changed = await inProcess([...simple, "--max-repairs", "1", "--write", "1", "-q"], {
      replace: () => "it was changed after it was read",
    });
    expect({ stderr: changed.stderr, status: changed.status }).toEqual({
      stderr:
        "ldfi: --write 1: programs/delivery/simple.ded could not be written: it was changed after it was read; nothing was written\n",
      status: 2,
    });
    const none = await inProcess([...simple, "--max-repairs", "1", "--write", "2", "-q"]);
    expect({ stderr: none.stderr, status: none.status }).toEqual({
      stderr: "ldfi: --write 2: there is no repair 2, the last is 1; nothing was written\n",
      status: 2,
    });
  });

  test("a file is replaced only where it is what was read", () => {
    expect(replaceText("programs/delivery/simple.ded", "another text", "")).toBe("it was changed after it was read");
  });
});

describe("reports of a repair", () => {
  test("HTML shows the diff, the price, and the failing run beside the same faults on the repaired program", async () => {
    const { files } = await inProcess([...simple, "--max-repairs", "1", "--report", "repair.html"]);
    const [html = ""] = files.map(({ text }) => text);
    expect(html).toContain("<title>repaired: programs/delivery/simple.ded</title>");
    expect(html).toContain('<span class="added">+bcast(X, Message)@next :- bcast(X, Message);\n</span>');
    expect(html).toContain("<strong>the failing run</strong>");
    expect(html).toContain("<strong>the same faults on the repaired program</strong>");
    expect(html.match(/<figure/g)?.length).toBe(2);
    expect(html).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)=/);
  });

  test("Markdown has each repair as a heading with its diff", async () => {
    const { files } = await inProcess([...simple, "--max-repairs", "1", "--report", "repair.md"]);
    const [markdown = ""] = files.map(({ text }) => text);
    expect(markdown).toContain("## programs/delivery/simple.ded: repaired\n");
    expect(markdown).toContain("### 1. bcast is kept, so that log is sent at every instant\n\n```diff\n");
  });
});

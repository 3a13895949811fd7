import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldfi } from "./ldfi.js";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-strict-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A protocol that holds, with messages that can be lost; its outcome is settled at 4. */
const sound = `
  order("a", "o1")@1; order(A, O)@next :- order(A, O);
  peer("a", "b")@1; peer(A, B)@next :- peer(A, B);
  sent(B, O)@async :- order(A, O), peer(A, B);
  got(B, O) :- sent(B, O); got(B, O)@next :- got(B, O);
  pre("p", O) :- order(_, O);
  post("p", O) :- got(_, O);
`;

/** The same promise, kept by what no node can know. */
const cheating: readonly (readonly [string, string, string])[] = [
  ["a rule that reads elsewhere", "got(B, O) :- inverse(B, A), order(A, O);", "remote-read"],
  ["the same, the other way round", "got(B, O) :- order(A, O), inverse(B, A);", "remote-read"],
  ["a rule that writes elsewhere", "got(B, O)@next :- order(A, O), peer(A, B);", "remote-read"],
  ["a rule that reads crash", "got(B, O) :- inverse(B, A), crash(B, A, _), sent(B, O);", "protocol-reads-crash"],
];

const bounds = ["--eot", "5", "--eff", "3", "--crashes", "1"];
const inverse = 'inverse("b", "a")@1; inverse(B, A)@next :- inverse(B, A);';

describe("--strict", () => {
  test("passes what holds without a warning that counts", () => {
    const path = written("sound.ded", `${sound}unused(X) :- got(X, Y);`);
    const ended = ldfi(["check", path, "--eot", "5", "--eff", "3", "--strict", "--quiet"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
  });

  test.each(cheating)("fails %s, and says so in one line with -q", (_, rule, code) => {
    const path = written("cheating.ded", `${sound}${inverse}${rule}`);
    const run = ["check", path, "--eot", "5", "--eff", "3"];
    expect(ldfi(run).status).toBe(0);
    const quiet = ldfi([...run, "--strict", "-q"]);
    expect(quiet.status).toBe(1);
    expect(quiet.stdout).toMatch(/^HOLDS .*\n$/);
    expect(quiet.stderr).toMatch(new RegExp(`^ldfi: with --strict this fails: .*${code}.*\\n$`));
  });

  test.each([
    ["vacuous", sound.replace(":- order(_, O);", ":- ordr(_, O);"), bounds],
    ["nothing-to-lose", sound, ["--eot", "4", "--eff", "0"]],
    ["kind-without-effect", sound, ["--eot", "5", "--eff", "2", "--pauses", "1"]],
    [
      "unsettled",
      `${sound}late("b", 1)@1; late(B, N + 1)@next :- late(B, N), N < 6; post("p", O) :- late(_, 6), order(_, O);`,
      ["--eot", "4", "--eff", "2"],
    ],
    ["rule-never-fires", `${sound}got(B, O) :- got(B, O), peer(B, "z");`, ["--eot", "5", "--eff", "3"]],
    [
      "message-to-non-node",
      `${sound}copy(N, O)@async :- order(A, O), peer(A, B), N == B + "x"; got(B, O) :- copy(B, O);`,
      ["--eot", "5", "--eff", "3"],
    ],
  ])("counts the warning %s", (code, text, budget) => {
    const path = written("warned.ded", text);
    const ended = ldfi(["check", path, ...budget, "--strict"]);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toMatch(new RegExp(`^Strict +with --strict this fails: .*\\b${code}\\b`, "m"));
  });

  test("is reported as a failure in every format", () => {
    const path = written("told.ded", `${sound}${inverse}${cheating[0]?.[1] ?? ""}`);
    const files = ["xml", "json", "sarif"].map((extension) => join(folder, `told.${extension}`));
    const reports = files.flatMap((file) => ["--report", file]);
    const run = ["check", path, "--eot", "5", "--eff", "3", ...reports];
    expect(ldfi([...run, "--strict", "--format", "github"]).stdout).toMatch(/^::error title=ldfi%3A strict::/m);
    const [xml = "", json = "", sarif = ""] = files.map((file) => readFileSync(file, "utf8"));
    expect(xml).toContain('failures="1"');
    expect(JSON.parse(json)).toMatchObject({
      verdict: "holds",
      strict: { passed: false, counted: [{ code: "remote-read", times: 1 }] },
    });
    expect(sarif).toMatch(/"ruleId": "remote-read",\s+"level": "error"/);
    // Without it, the same check is green everywhere.
    expect(ldfi([...run, "--format", "github"]).stdout).not.toContain("::error");
    expect(readFileSync(files[0] ?? "", "utf8")).toContain('failures="0"');
    expect(JSON.parse(readFileSync(files[1] ?? "", "utf8"))).not.toHaveProperty("strict");
  });
});

test("-q keeps what is most likely a slip, whatever the command", () => {
  const path = written("slip.ded", sound.replace('post("p", O) :- got', 'post("p", O) :- gott'));
  for (const command of [["check"], ["run"], ["sweep", "--max-eot", "4"]]) {
    const { stderr } = ldfi([...command, path, "-q"]);
    expect(stderr).toContain("did you mean `got`?");
    expect(stderr).not.toContain("unread-relation");
  }
});

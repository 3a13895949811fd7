import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ldfi, root, Started } from "../cli/ldfi.js";
import { expectNothingLeft } from "./left-behind.js";
import { fitsSchema, hunted, huntFile } from "./small-hunts.js";

let whole: ReturnType<typeof hunted> | undefined;

/** A hunt of the correct services from its beginning to its end. */
function wholeHunt(): ReturnType<typeof hunted> {
  whole ??= hunted(huntFile());
  return whole;
}

// live.long.test.ts has more of both.
describe("ldfi hunt", () => {
  test("covers correct services, and reports which sets follow from which runs", () => {
    const result = wholeHunt();
    expect(result).toMatchObject({ verdict: "covered", status: 0, reservations: [] });
    expect(result.calls.map(({ id }) => id)).toEqual([
      "front › GET stock/stock#1",
      "front › POST ledger/enter#1",
      "front › GET spare/stock#1",
      "front › POST ledger/enter#2",
    ]);
  });

  test("finds a request that is carried out twice after its answer was lost, and repeats it", () => {
    const file = huntFile({ bugs: "twice" });
    const result = hunted(file, "--all");
    expect(result).toMatchObject({ verdict: "violated", status: 1 });
    const [finding, ...others] = result.findings ?? [];
    expect(finding).toMatchObject({ text: "lost-response at front › POST ledger/enter#1", smallest: true });
    expect(others).toEqual([]);
    const again = hunted(file, "--only", finding?.text ?? "");
    expect(again).toMatchObject({ verdict: "violated", findings: [{ text: finding?.text }] });
    expect(again.runs).toBe(5);
  });

  test("records no body, no query value, no header, and continues when interrupted without repeating runs", () => {
    const file = huntFile();
    const report = join(file, "..", "report.json");
    const interrupted = ldfi(["hunt", file, "--max-runs", "8", "--report", report]);
    expect(interrupted.status).toBe(3);
    const folder = join(file, "..", ".ldfi");
    const written = [
      interrupted.stdout,
      readFileSync(report, "utf8"),
      ...readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")),
    ].join("\n");
    expect(written.length).toBeGreaterThan(1000);
    for (const secret of ["topsecret", "hidden", "bodysecret", "cookiesecret"]) expect(written).not.toContain(secret);

    const rest = hunted(file, "--resume");
    expect(rest).toMatchObject({ verdict: "covered", resumed: 8 });
    expect(rest.runs).toBe(wholeHunt().runs);
  });

  test("records bodies and query values if it is asked to, and headers never", () => {
    const file = huntFile({ bugs: "twice", faults: "[lost-response]" });
    const report = join(file, "..", "report.json");
    const page = join(file, "..", "report.html");
    const { stdout } = ldfi(["hunt", file, "--record-bodies", "--report", report, "--report", page]);
    const written = [stdout, readFileSync(report, "utf8"), readFileSync(page, "utf8")];
    expect(fitsSchema(JSON.parse(written[1] ?? ""))).toBe(true);
    for (const text of written) {
      expect(text).toContain("/stock?secret=hidden");
      expect(text).toMatch(/order.{1,20}1\}/);
      expect(text).not.toContain("topsecret");
      expect(text).not.toContain("cookiesecret");
    }
  });
});

describe("what goes wrong outside of the faults", () => {
  test("a service that dies in a run is reported as that", () => {
    const { status, stdout } = ldfi(["hunt", huntFile({ bugs: "dies" })]);
    expect(status).toBe(1);
    expect(stdout).toContain("stock died in the run: exit status 7");
  });

  test("a command that fails is reported with the line that says why", () => {
    const file = huntFile();
    const before = `scenario:\n  before: { command: [${process.execPath}, nowhere.js] }\n`;
    writeFileSync(file, readFileSync(file, "utf8").replace("scenario:\n", before));
    const { status, stdout } = ldfi(["hunt", file]);
    expect(status).toBe(3);
    expect(stdout).toMatch(
      /a clean state could not be made before a run: .*: exit status 1: Error: Cannot find module/,
    );
  });

  test("something that answers at the address of a service before it is started; the reports say so too", async () => {
    const file = huntFile();
    const address = /ready: (\S+)/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    const other = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => other.listen(Number(new URL(address).port), "127.0.0.1", resolve));
    const report = join(file, "..", "report.xml");
    const started = new Started(["hunt", file, "--format", "json", "--report", report]);
    const { status, stdout } = await started.ended;
    other.close();
    expect(status).toBe(3);
    const document = JSON.parse(stdout);
    expect([fitsSchema(document), fitsSchema.errors]).toEqual([true, null]);
    const detail = `something already answers at ${address}, before front is started: stop it, or, if it is front, write \`url:\` instead of \`command:\``;
    expect(document).toMatchObject({ verdict: "inconclusive", detail, runs: 0 });
    expect(readFileSync(report, "utf8")).toContain(`${detail}; nothing was decided`);
  });

  test("a host that is not of this machine is refused, with its place", () => {
    const file = huntFile({ more: "" });
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/url: "http:\/\/127.0.0.1/, 'url: "http://shop.example.org'),
    );
    const { status, stderr } = ldfi(["hunt", file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/error\[hunt-host\]/);
    expect(stderr).toContain("shop.example.org is not this machine");
    expect(stderr).toContain("--allow-host shop.example.org");
    expect(stderr).toMatch(/test\.hunt\.yaml:\d+:\d+/);
  });
});

test("nothing is left behind after SIGKILL: busy services, Python, children of a shell", async () => {
  await expectNothingLeft("SIGKILL");
});

describe("the hook", () => {
  test("without a hunt does nothing that an application could notice", async () => {
    const script = `
      import http from "node:http";
      import { performance } from "node:perf_hooks";
      const server = http.createServer((q, s) => s.end(JSON.stringify(q.headers))).listen(0, "127.0.0.1", async () => {
        const url = "http://127.0.0.1:" + server.address().port;
        const headers = { baggage: "ldfi=r1.faketoken,mine=1", "ldfi-call": "x" };
        console.log(await (await fetch(url, { headers })).text());
        server.close(() => process.exit(0));
      });`;
    const out = await new Promise<string>((resolve) => {
      let text = "";
      const child = spawn(process.execPath, [
        "--import",
        join(root, "dist", "hook.js"),
        "--input-type=module",
        "-e",
        script,
      ]);
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.on("close", () => resolve(text));
    });
    expect(JSON.parse(out)).toMatchObject({ baggage: "ldfi=r1.faketoken,mine=1", "ldfi-call": "x" });
  });
});

import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../cli/ldfi.js";
import { hunted, huntFile } from "./small-hunts.js";

describe("services that run already", () => {
  test("find the hunt by a file that only their user can read, have faults only in its runs, and continue when it is over", async () => {
    const file = huntFile({ bugs: "crash", faults: "[refused]", budget: 2 });
    const folder = join(file, "..");
    const text = readFileSync(file, "utf8");
    const base = Number(/127\.0\.0\.1:(\d+)\/health/.exec(text)?.[1]);
    const roles = ["front", "stock", "spare", "ledger"];
    const script = join(root, "test", "services", "services.mjs");
    let said = "";
    const running = roles.map((role, i) =>
      spawn(process.execPath, ["--import", join(root, "dist", "hook.js"), script, role, `${base + i}`], {
        cwd: folder,
        env: { PATH: process.env.PATH, BASE: `${base}`, BUGS: "crash" },
      }),
    );
    for (const child of running) child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const urls = roles.map((role, i) => `  ${role}: { url: "http://127.0.0.1:${base + i}" }\n`).join("");
    const before = '{ command: [sh, -c, "stat -c %a .ldfi/hook.json >> modes.txt"] }';
    writeFileSync(
      file,
      text.replace(
        /services:\n[\s\S]*scenario:\n/,
        `services:\n${urls}scenario:\n  before: ${before}\n  then: { status: 200 }\n`,
      ),
    );
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`http://127.0.0.1:${base}/order`, { method: "POST", headers })).status;
    try {
      // Ready, and connected: hooks look for the file twice a second, also if it comes later.
      while ((await ask({}).catch(() => 0)) !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
      const result = hunted(file);
      expect(result).toMatchObject({ verdict: "violated", findings: [{ smallest: true }] });
      expect(new Set(readFileSync(join(folder, "modes.txt"), "utf8").trim().split("\n"))).toEqual(new Set(["600"]));
      expect(existsSync(join(folder, ".ldfi", "hook.json"))).toBe(false);
      // `then` was good each time, and so is what somebody else asks who does not know the token.
      expect(await ask({ baggage: "ldfi=r1.0123", "ldfi-call": "front" })).toBe(200);
      expect([said, running.map(({ exitCode }) => exitCode)]).toEqual(["", roles.map(() => null)]);
    } finally {
      for (const child of running) child.kill();
    }
  });
});

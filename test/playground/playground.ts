import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { root } from "../cli/ldfi.js";
import type { FoundBrowser } from "../report/browser.js";
import { startBrowser } from "../report/browser.js";

/** `ldfi playground`, running. */
export interface Served {
  readonly process: ChildProcess;
  readonly address: string;
}

function buildPlayground(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "playground.mjs")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

export function servePlayground(...words: readonly string[]): Promise<Served> {
  const child = spawn(
    process.execPath,
    [join(root, "bin", "ldfi.js"), "playground", "--no-open", "--port", "0", ...words],
    {
      cwd: root,
    },
  );
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString();
      const [, address] = /at (http:\S+)/.exec(text) ?? [];
      if (address !== undefined) resolve({ process: child, address });
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
}

/** A page of the playground; whatever the console says, and requests to anybody else, are complaints. */
export async function openPlayground(browser: Browser, address: string, complaints: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) complaints.push(request.url());
  });
  await page.goto(address);
  return page;
}

/** The playground in a browser, which run while the tests of the `describe` do in which this is made; complaints fail them. */
export class PlaygroundPages {
  private readonly complaints: string[] = [];
  private running: { readonly browser: Browser; readonly served: Served } | undefined;

  constructor(found: FoundBrowser) {
    beforeAll(async () => {
      buildPlayground();
      const browser = await startBrowser(found.kind === "found" ? found.path : "");
      this.running = { browser, served: await servePlayground() };
    }, 300_000);
    afterAll(async () => {
      await this.running?.browser.close();
      this.running?.served.process.kill("SIGINT");
      expect(this.complaints).toEqual([]);
    });
  }

  get browser(): Browser {
    return this.parts().browser;
  }

  get address(): string {
    return this.parts().served.address;
  }

  /** A page at this address. */
  open(address = this.address): Promise<Page> {
    return openPlayground(this.browser, address, this.complaints);
  }

  private parts(): NonNullable<typeof this.running> {
    if (this.running === undefined) throw new Error("the playground was not started");
    return this.running;
  }
}

/** What came of the last question, once there is an answer; the one before is forgotten. */
export async function outcomeOf(page: Page): Promise<string | null> {
  await page.locator("body:not(.working) #result[data-outcome]").waitFor({ timeout: 240_000 });
  return page.locator("#result").getAttribute("data-outcome");
}

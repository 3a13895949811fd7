import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { notations } from "../../src/faults/notation.js";
import type { Fault } from "../../src/index.js";
import { diskFiles, expectationsIn, replayFiles } from "../../src/index.js";
import { formatTuple } from "../../src/report/text/tuples.js";
import { findBrowser } from "../report/browser.js";
import { outcomeOf, PlaygroundPages } from "./playground.js";

const found = findBrowser(process.env);

/** The first program of each folder whose first line asks for what no other file is needed for, and that is no large one. */
const programs = readdirSync("programs").flatMap((folder): readonly string[] => {
  if (folder.endsWith(".md")) return [];
  const paths = readdirSync(join("programs", folder)).sort();
  const first = paths.find((name) => {
    const path = `programs/${folder}/${name}`;
    if (!name.endsWith(".ded") || !readFileSync(path, "utf8").includes("@async")) return false;
    const [line] = expectationsIn(path, diskFiles()).cases;
    return line?.expectation.kind === "check" && line.expectation.with.length === 0;
  });
  return first === undefined ? [] : [`programs/${folder}/${first}`];
});

/** Faults of a node, as the menu at its line offers them. */
const ofNodes = ["crashes at 2", "restarts", "stands still", "is cut off", "is not heard"] as const;

describe.skipIf(found.kind === "missing")("faults that are made by hand", () => {
  const playground = new PlaygroundPages(found);
  let page: Page;
  beforeAll(async () => {
    page = await playground.open();
    page.setDefaultTimeout(240_000);
  });

  const chosen = (): Locator => page.locator(".fault-list button");

  /** The faults above the picture, as their notation names them. */
  async function faultsShown(): Promise<readonly Fault[]> {
    const titles = await chosen().evaluateAll((buttons) => buttons.map((button) => button.getAttribute("title") ?? ""));
    return titles.map((title) => {
      const [, word, text = ""] = /^without (\w+)\((.*)\)$/.exec(title) ?? [];
      const parsed = notations.find((notation) => notation.word === word)?.parse(text);
      if (parsed?.kind !== "fault") throw new Error(title);
      return parsed.fault;
    });
  }

  /** What the page shows at the end of time: the outcome, and every tuple of the run. */
  async function shown(): Promise<readonly [string | null, readonly string[]]> {
    const outcome = await outcomeOf(page);
    const tuples = await page
      .locator("#table tr")
      .evaluateAll((rows) =>
        rows.flatMap((row) =>
          [...row.querySelectorAll(".tuple:not(.lost)")].map(
            (entry) => `${row.querySelector("th")?.textContent}${(entry.textContent ?? "").replace(/^\+ /, "")}`,
          ),
        ),
      );
    return [outcome, tuples.sort()];
  }

  /** The same of `ldfi run`. */
  function ran(path: string, faults: readonly Fault[], eot: number): readonly [string, readonly string[]] {
    const answer = replayFiles(path, faults, { eot });
    if (answer.kind !== "survives" && answer.kind !== "verdict") throw new Error(answer.kind);
    if (answer.kind === "verdict" && answer.verdict.kind !== "violated") throw new Error(answer.verdict.kind);
    const run =
      answer.kind === "survives"
        ? answer.run
        : answer.verdict.kind === "violated"
          ? answer.verdict.counterexample.execution
          : undefined;
    if (run === undefined) throw new Error("there is no run");
    const tuples = run.program.relations.flatMap(({ id }) =>
      run.tuples(id, eot).map((args) => formatTuple(run.program, id, args)),
    );
    return [answer.kind === "survives" ? "survives" : "violated", tuples.sort()];
  }

  it.each(programs)("%s: by mouse and by keyboard they do what `ldfi run` does", async (path) => {
    await page.locator("#program").selectOption(path);
    await page.locator(`#files option[value="${path}"]`).waitFor({ state: "attached" });
    await page.locator(".welcome").waitFor();
    await page.locator("#attack").click();
    await outcomeOf(page);
    const eot = Number(await page.locator("#bound-eot").inputValue());
    const arrow = page.locator('svg[data-diagram="0"] g.arrow.arrives:visible').first();
    const line = page.locator('svg[data-diagram="0"] [data-lifeline]').first();
    const tip = arrow.locator("[data-arrives]").first();

    const byHand: Readonly<Record<string, () => Promise<void>>> = {
      "lost, by keyboard": () => arrow.press("Enter"),
      "late, by keyboard": () => arrow.press("+"),
      "twice, by keyboard": () => arrow.press("d"),
      "lost, by mouse": () => arrow.locator(".hit").click({ force: true }),
      "late, by mouse": async () => {
        await tip.scrollIntoViewIfNeeded();
        const box = await tip.boundingBox();
        const sent = Number(/sent at (\d+)/.exec((await arrow.getAttribute("aria-label")) ?? "")?.[1]);
        const row = page.locator(`figure[data-run="0"] svg.axis g[data-instant="${sent + 2}"] text`);
        const to = await row.boundingBox();
        if (box === null || to === null) throw new Error("nothing is drawn");
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        await page.mouse.move(box.x, to.y + to.height / 2, { steps: 3 });
        await page.mouse.up();
      },
      ...Object.fromEntries(
        ofNodes.map((item) => [
          item,
          async () => {
            await page.locator("#instant").fill("2");
            await line.press("Enter");
            await page.getByRole("spinbutton", { name: "back at" }).fill("4");
            await page.getByRole("menuitem", { name: item, exact: true }).press("Enter");
          },
        ]),
      ),
    };
    for (const [name, act] of Object.entries(byHand)) {
      await act();
      await chosen()
        .first()
        .waitFor({ timeout: 240_000 })
        .catch(() => Promise.reject(new Error(`${name}: no fault is there`)));
      const faults = await faultsShown();
      expect([name, faults.length]).toEqual([name, 1]);
      await page.locator("#instant").fill(String(eot));
      expect([name, faults, await shown()]).toEqual([name, faults, ran(path, faults, eot)]);
      await chosen().first().click();
      await page.locator(".fault-list:empty").waitFor({ state: "attached" });
    }
  });
});

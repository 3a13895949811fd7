import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { findBrowser } from "../report/browser.js";
import { faultsOfDrawings } from "../report/picture.js";
import { expectAttacksAsRun } from "./by-hand.js";
import { openPlayground, outcomeOf, PlaygroundPages, servePlayground } from "./playground.js";

const found = findBrowser(process.env);
if (found.kind === "missing") console.warn(`playground.slow.test.ts is skipped: ${found.why}`);

// playground.long.test.ts has the other faults of a node, and a phone.
describe.skipIf(found.kind === "missing")("the playground in a browser", () => {
  const playground = new PlaygroundPages(found);

  const ready = async (page: Page): Promise<void> =>
    page.locator("#files option").first().waitFor({ state: "attached" });
  const link = (texts: Readonly<Record<string, string>>, budget: object, check = false): string => {
    const [main = ""] = Object.keys(texts);
    const shared = JSON.stringify({ files: { texts, main, besides: [] }, budget, check });
    return `${playground.address}#p=${deflateRawSync(shared).toString("base64url")}`;
  };
  const lost = (page: Page) => page.locator(".fault-list button");

  it("is attacked by hand: by mouse and by keyboard, and what is undone is undone", async () => {
    const page = await playground.open();
    await ready(page);
    await page.locator("#bound-eot").fill("4");
    await page.locator("#attack").click();
    expect(await outcomeOf(page)).toBe("survives");
    const message = page.locator('svg[data-diagram="0"] g.arrow[aria-label^="a to c, sent at 1"]');
    await message.focus();
    await page.keyboard.press("Enter");
    await page.locator('#result[data-outcome="violated"]').waitFor();
    expect(await lost(page).allInnerTexts()).toEqual(["✕ one message a → c, sent at 1, is lost"]);
    await lost(page).first().click();
    await page.locator('#result[data-outcome="survives"]').waitFor();
    // Its head, dragged to instant 3.
    const tip = await page
      .locator('svg[data-diagram="0"] g.arrow[aria-label^="a to c, sent at 1"] [data-arrives]')
      .boundingBox();
    const row = await page.locator('svg.axis g[data-instant="3"] text').first().boundingBox();
    if (tip === null || row === null) throw new Error("nothing is drawn");
    await page.mouse.move(tip.x + tip.width / 2, tip.y + tip.height / 2);
    await page.mouse.down();
    await page.mouse.move(tip.x, row.y + row.height / 2, { steps: 4 });
    await page.mouse.up();
    await lost(page).first().waitFor();
    expect(await lost(page).allInnerTexts()).toEqual(["✕ a's message to c, sent at 1, arrives at 3, 1 instant late"]);
    // A node's line, at instant 2, by keyboard.
    await page.locator("body").press("ArrowLeft");
    await page.locator("body").press("ArrowLeft");
    await page.locator('[data-lifeline="b"]').first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "crashes at 2" }).press("Enter");
    await lost(page).nth(1).waitFor();
    expect(await lost(page).allInnerTexts()).toEqual([
      "✕ b crashes at 2",
      "✕ a's message to c, sent at 1, arrives at 3, 1 instant late",
    ]);
    await page.close();
  });

  it("lets a node restart by hand, as `ldfi run` has it", async () => {
    const page = await playground.open();
    await ready(page);
    await expectAttacksAsRun(page, [["restarts", "mouse", { kind: "restart", node: "b", at: 2, until: 4 }]]);
    await page.close();
  });

  it("stops a check that does not end, and can be typed in meanwhile", async () => {
    const forever = 'n("a", 1)@1;\nn(X, N + 1) :- n(X, N);\npost(N) :- n(_, N);\npost(X)@next :- post(X);';
    const page = await playground.open(link({ "forever.ded": forever }, { eot: 4 }));
    await page.locator("#check").click();
    await page.locator("#stop:enabled").waitFor();
    await page.locator("#editor .cm-content").press("End");
    await page.keyboard.type(" // typed");
    expect(await page.locator("#editor .cm-content").textContent()).toContain("// typed");
    await page.locator("#stop").click();
    await page.locator("#check:enabled").waitFor();
    expect(await page.locator("#status").textContent()).toBe("stopped");
    // An analysis of what was typed does not take that back.
    await page.locator("#editor .cm-content").press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("(");
    await page.locator("#status", { hasText: /^\d+ errors? in the program$/ }).waitFor();
    // Its mark is drawn: what the page's policy refuses is among the complaints.
    const mark = "document.querySelector('#editor').shadowRoot.querySelector('.cm-lint-marker-error')";
    expect(await page.evaluate(`getComputedStyle(${mark}).borderRadius`)).toBe("50%");
    await page.keyboard.press("Backspace");
    await page.locator("#status:empty").waitFor({ state: "attached" });
    await page.close();
  });

  it("undoes what was typed, and not that a program was opened", async () => {
    const page = await playground.open();
    await ready(page);
    await page.locator("#program").selectOption("programs/delivery/retry.ded");
    const text = page.locator("#editor .cm-content");
    await text.getByText('bcast("a", "hello")@1').waitFor();
    const opened = await text.textContent();
    await text.press("Control+Home");
    await page.keyboard.type("// typed ");
    expect(await text.textContent()).toBe(`// typed ${opened}`);
    for (let i = 0; i < 5; i++) await page.keyboard.press("Control+z");
    expect(await text.textContent()).toBe(opened);
    await page.close();
  });

  it("shows the bounds that it checks: what is no bound gives way to the default", async () => {
    const page = await playground.open();
    await ready(page);
    for (const [key, text, shown] of [
      ["eot", "0", "6"],
      ["eff", "x", ""],
      ["crashes", "any", "0"],
      ["delays", "any", "any"],
      ["omissions", "-1", "any"],
      ["restarts", "2", "2"],
    ] as const) {
      await page.locator(`#bound-${key}`).fill(text);
      await page.locator("#check").focus();
      expect([key, await page.locator(`#bound-${key}`).inputValue()]).toEqual([key, shown]);
    }
    await page.close();
  });

  it("treats a link as data, whatever it contains", async () => {
    const hostile = '<img src=x onerror="document.title=1"></script><script>document.title=1</script>';
    const text = `log("a", ${JSON.stringify(hostile)})@1; log(X, N)@next :- log(X, N);\nseen(Y, N)@async :- log(X, N), to(X, Y);\nseen(X, N)@next :- seen(X, N);\nto("a", "<b>")@1;\npre(N) :- log(_, N);\npost(N) :- seen(_, N);`;
    const page = await playground.open(link({ [`${hostile}.ded`]: text }, { eot: 3, eff: 3 }, true));
    expect(await outcomeOf(page)).toBe("violated");
    expect(await page.locator("#result img, #result script, .bar img").count()).toBe(0);
    expect(await page.title()).toBe("ldfi: attack a protocol");
    await page.close();
    const damaged = await playground.open(`${playground.address}#p=AAAA`);
    await damaged.locator("#status", { hasText: "This link cannot be opened: the link is damaged." }).waitFor();
    await damaged.close();
  });

  it("lets no text become code: the page's policy holds, and the program that is open is checked and reported under it", async () => {
    const page = await openPlayground(playground.browser, playground.address, []);
    const refused = await page.evaluate(`new Promise((resolve) => {
      const seen = new Set();
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        seen.add(effectiveDirective);
        if (seen.size === 4) resolve([...seen].sort());
      });
      const script = document.createElement("script");
      script.textContent = "document.title = 'run'";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<p style='color: red' onclick='document.title = 1'>x</p>");
      fetch("index.html").catch(() => undefined);
      document.body.lastElementChild.click();
    })`);
    expect(refused).toEqual(["connect-src", "script-src-attr", "script-src-elem", "style-src-attr"]);
    expect(await page.title()).toBe("ldfi: attack a protocol");
    // What runs a check is under the same policy, which takes no text for code.
    await ready(page);
    await page.locator("#editor .cm-content").press("Control+Enter");
    expect(await outcomeOf(page)).toBe("violated");
    expect(await page.locator("#result h1").textContent()).toMatch(/^violated with 1 fault/i);
    expect(await page.locator(".steps li").count()).toBe(2);
    expect(await faultsOfDrawings(page)).toEqual([]);
    await page.close();
  });

  it("opens the programs of the command line with their budget, checked", async () => {
    const other = await servePlayground("programs/delivery/classic.ded", "--eot", "5", "--eff", "3");
    const page = await playground.open(other.address);
    expect(await outcomeOf(page)).toBe("violated");
    expect(await page.locator("#bound-eot").inputValue()).toBe("5");
    await page.close();
    other.process.kill("SIGINT");
    await new Promise((resolve) => other.process.once("exit", resolve));
    expect(other.process.exitCode).toBe(0);
  });
});

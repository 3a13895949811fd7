import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { findBrowser } from "./browser.js";
import { classic, quietReports } from "./quiet-reports.js";
import { checked, checkedText, measured } from "./subject.js";

const found = findBrowser(process.env);
if (found.kind === "missing") console.warn(`html-browser.test.ts is skipped: ${found.why}`);

// html-browser.long.test.ts has more of what a report draws.
describe.skipIf(found.kind === "missing")("a report in a browser", () => {
  const open = quietReports(found);

  const inspector = async (page: Page): Promise<string> => page.locator("#inspector").innerText();

  it("shows the verdict, the faults and the reasons before any script runs, and leads from a lost message to the outcome that rests on it", async () => {
    const page = await open(classic());
    expect(await page.locator("h1").innerText()).toMatch(/^VIOLATED with 2 faults/i);
    expect(await page.locator("header .faults").innerText()).toContain("nothing that a sends to b or c at 1 arrives");
    expect(await page.locator(".steps li").last().innerText()).toContain('post("b", "hello") is missing at 5');
    expect(await page.locator("#story").textContent()).toContain("What each fault is needed for");
    expect(await page.locator("figure.run:visible").count()).toBe(1);
    expect(await page.locator("#inspector").isVisible()).toBe(false);
    await page.locator("#comparison > summary").click();
    expect(await page.locator("figure.run:visible").count()).toBe(2);

    // From a lost message to the tuples it would have carried and the outcome that rests on them, and back.
    await page.locator('figure[data-run="0"] g.arrow.lost .hit').first().click({ force: true });
    expect(await inspector(page)).toMatch(
      /a → b, sent at 1[\s\S]*lost[\s\S]*would have carried[\s\S]*log\("b", "hello"\)/,
    );
    expect(await inspector(page)).toMatch(/What depends on it[\s\S]*post\("b", "hello"\) at [\s\S]*an outcome/);
    expect(await page.locator("svg.lineage g.node.downstream").count()).toBeGreaterThan(0);
    await page
      .locator("#inspector")
      .getByRole("button", { name: /^log\("b", "hello"\) at 2/ })
      .first()
      .click();
    expect(await inspector(page)).toMatch(
      /log\("b", "hello"\) at 2[\s\S]*was derived[\s\S]*relay\("a", "hello"\) at 1/,
    );
    await page.locator("#inspector").getByRole("button", { name: "a → b, sent at 1" }).click();
    expect(await inspector(page)).toMatch(/a → b, sent at 1[\s\S]*It carries/);
    await page.locator("#inspector").getByRole("button", { name: "back" }).click();
    expect(await page.locator("#inspector h3").innerText()).toBe('log("b", "hello") at 2');
    await page.close();
  });

  it("is operated by the keyboard", async () => {
    const page = await open(classic());
    await page.locator("#compare").focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.matches('svg[data-diagram] g.arrow')")).toBe(true);
    await page.locator("#comparison > summary").press("Enter");
    await page.locator('svg[data-diagram="1"] g.arrow[tabindex="0"]').focus();
    await page.keyboard.press("Home");
    expect(await page.locator(".tip-box").innerText()).toContain("a → b, sent at 1, delivered");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.locator("#inspector h3").innerText()).toBe("a → c, sent at 1");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("Enter");
    expect(await page.locator("#inspector h3").innerText()).toMatch(/sent at 2$/);
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator("#now").innerText()).toBe("4 of 5");
    await page.keyboard.press("Escape");
    expect(await page.locator("#inspector").isVisible()).toBe(false);
    await page.locator('svg[data-lineage="0"] g.node[tabindex="0"]').focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.locator("#inspector h3").innerText()).toContain("rule at");
    await page.close();
  });

  it("unfolds and folds a lineage", async () => {
    const page = await open(classic());
    const nodes = page.locator('svg[data-lineage="0"] g.node');
    const before = await nodes.count();
    const message = page.locator('svg[data-lineage="0"] g.node.cut').first();
    await message.focus();
    await page.keyboard.press(" ");
    const unfolded = await nodes.count();
    expect(unfolded).toBeGreaterThan(before);
    await page.keyboard.press(" ");
    expect(await nodes.count()).toBeLessThan(unfolded);
    await page.locator('[data-unfold-all="0"]').click();
    expect(await nodes.count()).toBeGreaterThan(unfolded);
    // Whatever is drawn, Tab leads to one of its nodes.
    const stops = page.locator('svg[data-lineage="0"] g.node[tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await page.locator('[data-fold="0"]').click();
    expect(await nodes.count()).toBe(before);
    expect(await stops.count()).toBe(1);
    await page.close();
  });

  it("moves through time over the relations of both runs", async () => {
    const page = await open(classic());
    expect(await page.locator("#table").innerText()).toContain('− ("b", "hello")');
    await page.locator("#instant").focus();
    await page.keyboard.press("Home");
    expect(await page.locator("#now").innerText()).toBe("1 of 5");
    expect(await page.locator("#table button.lost").count()).toBe(0);
    expect(await page.locator(".states .cell").first().innerText()).toContain("bcast");
    await page.locator('svg.axis g.instant[data-instant="3"] text').first().click();
    expect(await page.locator("#table-now").innerText()).toBe("3");
    await page.locator("#only").check();
    expect(await page.locator("#table").innerText()).not.toContain("member");
    await page.locator("#find").fill("relayed");
    expect(await page.locator("#table th").allInnerTexts()).toEqual(["relayed"]);
    await page.locator("#table button.lost").first().click();
    expect(await page.locator("#inspector h3").innerText()).toContain("relayed(");
    await page.close();
  });

  it("compares with another run, and shows only what differs", async () => {
    const page = await open(checked(["programs/commit/3pc.ded"], { eot: 9, eff: 7, crashes: 1 }));
    await page.locator("#comparison > summary").click();
    await page.locator("#compare").selectOption("2");
    expect(await page.locator("figure.run:visible strong").allInnerTexts()).toEqual([
      "the failing run",
      "the run without this: C crashes at 6",
    ]);
    const arrows = page.locator('svg[data-diagram="0"] g.arrow:visible');
    const all = await arrows.count();
    await page.locator("#filter").selectOption("differs");
    expect(await arrows.count()).toBeLessThan(all);
    expect(await page.locator('svg[data-diagram="2"] g.arrow.differs:visible').count()).toBe(3);
    await page.close();
  });

  it("shows how often each rule fired, and greys what never did", async () => {
    const text =
      'log("a", 1)@1; log(X, N)@next :- log(X, N);\nnever(X) :- log(X, 7);\nseen(Y, N)@async :- log(X, N), to(X, Y);\nto("a", "b")@1;\npost(N) :- log(_, N);\npre(N) :- seen(_, N);';
    const page = await open(checkedText(text, { eot: 4, eff: 2, crashes: 0 }));
    expect(await page.locator("h1").innerText()).toMatch(/^HOLDS/i);
    expect(await page.locator("figure.run:visible").count()).toBe(1);
    expect(await page.locator(".source .dead").allInnerTexts()).toEqual(["never(X) :- log(X, 7)"]);
    await page.locator("button.count").first().click();
    expect(await inspector(page)).toMatch(/It fired\s+3 times/);
    await page.close();
  });

  it("shows strings unchanged, whatever they contain", async () => {
    const hostile = '"</script><img src=x onerror=alert(1)>\\"\\n\'&<!--"';
    const text = `log("a", ${hostile})@1; log(X, N)@next :- log(X, N);\nseen(Y, N)@async :- log(X, N), to(X, Y);\nseen(X, N)@next :- seen(X, N);\nto("a", "<b>&\\"")@1;\npre(N) :- log(_, N);\npost(N) :- seen(_, N);`;
    const page = await open(checkedText(text, { eot: 3, eff: 3, crashes: 0 }));
    expect(await page.locator("img").count()).toBe(0);
    await page.locator('figure[data-run="0"] g.arrow.lost .hit').first().click({ force: true });
    expect(await inspector(page)).toContain("</script><img src=x onerror=alert(1)>");
    await page.close();
  });

  it("follows the colours of the system, and omits controls on paper", async () => {
    const page = await open(classic(), "light");
    const background = (): Promise<string> =>
      page
        .locator("body")
        .evaluate((body) => body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor ?? "");
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await background()).not.toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ media: "print" });
    expect(await background()).toBe("rgb(255, 255, 255)");
    expect(await page.locator("#inspector").isVisible()).toBe(false);
    await page.close();
  });

  it("has an address for a moment, and opens at it", async () => {
    const page = await open(classic());
    await page.locator("body").press("ArrowLeft");
    await page.locator('.states button:has-text("log")').first().click();
    const address = page.url();
    expect(decodeURIComponent(address)).toMatch(/#t=4&tuple=log\("\w",\+"hello"\)$/);
    await page.locator("body").press("Escape");
    await page.locator("body").press("ArrowLeft");
    await page.evaluate(`location.href = ${JSON.stringify(address)}`);
    expect(await page.locator("#now").innerText()).toBe("4 of 5");
    expect(await page.locator("#inspector h3").innerText()).toMatch(/^log\(.*\) at 4$/);
    await page.close();
  });

  it("shows what a specification that holds depends on, each derivation on demand", async () => {
    const page = await open(measured(["programs/delivery/retry.ded"], { eot: 4, eff: 2 }), "dark");
    const row = page.locator("#margin tbody tr").first();
    expect(await row.locator("th, td").allInnerTexts()).toEqual([
      'post("b", "hello")',
      "3",
      "3",
      "a to be up at 1; without that, it is not promised either",
    ]);
    await row.locator("summary").click();
    expect(await row.locator("li:visible").allInnerTexts()).toEqual([
      "a → b sent at 1",
      "a → b sent at 2",
      "a → b sent at 3",
    ]);
    await page.setViewportSize({ width: 500, height: 900 });
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.close();
  });
});

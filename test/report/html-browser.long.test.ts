import { describe, expect, it } from "vitest";
import { findBrowser } from "./browser.js";
import { classic, quietReports } from "./quiet-reports.js";
import { checkedText } from "./subject.js";

const found = findBrowser(process.env);

describe.skipIf(found.kind === "missing")("a report in a browser", () => {
  const open = quietReports(found);

  it("draws the messages of a dense picture where no outcome rests on any", async () => {
    const peers = Array.from({ length: 8 }, (_, i) => `peer("n0", "n${i}")@1;`).join(" ");
    const text = `${peers} peer(X, Y)@next :- peer(X, Y); ping(Y, X)@async :- peer(X, Y); odd(X) :- ping(X, "n9"); never(X) :- odd(X);`;
    const page = await open(checkedText(text, { eot: 4, eff: 3 }));
    expect(await page.locator("svg.dense").count()).toBe(1);
    expect(await page.locator("#filter").inputValue()).toBe("all");
    expect(await page.locator("svg.dense g.arrow:visible").count()).toBeGreaterThan(10);
    await page.close();
  });

  it("draws the lineages of further outcomes when they are opened", async () => {
    const text = `all("a", "b")@1; all("a", "c")@1; all(X, Y)@next :- all(X, Y);
      got(Y)@async :- all(X, Y); got(X)@next :- got(X); pre(Y) :- all(_, Y); post(Y) :- got(Y);`;
    const page = await open(checkedText(text, { eot: 3, eff: 0, crashes: 1 }));
    const drawn = page.locator('svg[data-lineage="1"] g.node');
    expect(await drawn.count()).toBe(0);
    await page.locator("details.lineage").nth(1).locator("summary").press("Enter");
    await drawn.first().waitFor();
    expect(await drawn.first().textContent()).toContain('post("c")');
    expect(await page.locator('svg[data-lineage="1"] g.node[tabindex="0"]').count()).toBe(1);
    await page.close();
  });

  it("shows a step in the picture, at its instant", async () => {
    const page = await open(classic());
    await page.locator("button.step").first().click();
    expect(await page.locator("#now").innerText()).toBe("1 of 5");
    expect(await page.locator('svg[data-diagram="0"] .badge.lit-step').count()).toBeGreaterThan(0);
    await page.close();
  });

  it("does not widen the page, nor draw more than can be read, with 12 nodes and 30 instants", async () => {
    const nodes = Array.from({ length: 12 }, (_, i) => `"n${i}"`);
    const members = nodes.flatMap((x) => nodes.map((y) => `member(${x}, ${y})@1;`)).join("\n");
    const text = `bcast("n0", "m")@1;\n${members}\nmember(X, Y)@next :- member(X, Y);\nlog(X, M) :- bcast(X, M);\nlog(X, M)@next :- log(X, M);\nlog(Y, M)@async :- log(X, M), member(X, Y);\npre(M) :- log(_, M);\npost(M) :- log("n7", M);`;
    const page = await open(checkedText(text, { eot: 30, eff: 20, crashes: 1 }));
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.locator("#comparison > summary").click();
    expect(await page.locator('svg[data-diagram="1"] g.arrow:visible').count()).toBeLessThan(60);
    await page.close();
  });
});

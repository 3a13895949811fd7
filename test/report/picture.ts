import type { Page } from "playwright-core";

/** What is wrong with the texts of the drawings that are to be seen on a page: overlaps, and letters under 11 pixels. */
export async function faultsOfDrawings(page: Page): Promise<readonly string[]> {
  return page.evaluate(measure);
}

/** Runs in the page. Boxes of text are as high as the line; letters leave some of it free at either end. */
const measure = `(() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const drawing = svg.getAttribute("class") ?? "";
    const outer = svg.getBoundingClientRect();
    const scale = outer.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")]
      .filter((text) => text.checkVisibility() && text.textContent !== "")
      .map((text) => ({
        words: text.textContent,
        box: text.getBoundingClientRect(),
        size: parseFloat(getComputedStyle(text).fontSize) * scale,
      }));
    texts.forEach((a, i) => {
      if (a.size < 10.99) found.push(drawing + ": " + a.words + " is " + a.size + " pixels high");
      for (const b of texts.slice(i + 1)) {
        const deep = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 3;
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1;
        if (deep && wide) found.push(drawing + ": " + a.words + " overlaps " + b.words);
      }
      if (svg.classList.contains("space-time") && (a.box.left < outer.left - 1 || a.box.right > outer.right + 1))
        found.push(a.words + " is cut at the edge");
    });
  }
  return found;
})()`;

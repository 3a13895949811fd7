import type { CheckReport } from "../check-report.js";
import type { ToldDerivations } from "../text/derivation-words.js";
import { outcomesInWords } from "../text/derivation-words.js";
import { distanceInWords } from "../text/margin-words.js";
import { escapeHtml, tag } from "./markup.js";

/** What a specification that holds depends on and how far it is from failing, or how to have that measured. */
export function marginHtml({ verdict, program, margin, question }: CheckReport): string | undefined {
  if (verdict.kind !== "holds" || question !== undefined) return undefined;
  if (margin === undefined) {
    return '<p class="hint">How many independent derivations each outcome has, and how many faults beyond the budget it takes: <code>ldfi check … --margin</code></p>';
  }
  const distance = tag(
    "ul",
    {},
    distanceInWords(margin, verdict.budget.nodes).map((line) => tag("li", {}, escapeHtml(line))),
  );
  const rows = outcomesInWords(margin, program).map(rowHtml);
  const unfinished = margin.outcomesComplete
    ? ""
    : '<p class="hint">The limits ended the search before every outcome was looked at.</p>';
  return `${distance}${rows.length === 0 ? "" : tag("div", { class: "scroll" }, tag("table", {}, [head, tag("tbody", {}, rows)]))}${unfinished}`;
}

const titles = [
  "outcome",
  "derivations that share no message",
  "fewest lost messages that remove it",
  "what all its derivations need",
];
const head = tag(
  "thead",
  {},
  tag(
    "tr",
    {},
    titles.map((title) => tag("th", { scope: "col" }, title)),
  ),
);

function rowHtml({ text, cells, derivations }: ToldDerivations): string {
  if (cells === undefined) return tag("tr", {}, tag("td", { colspan: titles.length }, escapeHtml(text)));
  const list = tag(
    "ol",
    {},
    derivations.map((derivation) => tag("li", {}, escapeHtml(derivation))),
  );
  const number = escapeHtml(cells.derivations);
  return tag("tr", {}, [
    tag("th", { scope: "row" }, escapeHtml(cells.name)),
    tag("td", {}, derivations.length === 0 ? number : tag("details", {}, [tag("summary", {}, number), list])),
    tag("td", {}, escapeHtml(cells.fewestLosses)),
    tag("td", {}, escapeHtml(cells.needs)),
  ]);
}

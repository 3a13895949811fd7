import type { Sentence } from "../text/sentence.js";
import type { Section } from "../text/story.js";
import { escapeHtml, tag } from "./markup.js";

/** The explanation in words. */
export function storyHtml(sections: readonly Section[]): string {
  return sections
    .map(({ heading, sentences }) =>
      tag("section", { class: "story" }, [
        tag("h3", {}, escapeHtml(heading)),
        tag("ul", {}, sentences.map(sentenceHtml)),
      ]),
    )
    .join("");
}

function sentenceHtml({ text, children, rule, fault }: Sentence): string {
  const below = children.length === 0 ? "" : tag("ul", {}, children.map(sentenceHtml));
  const source =
    rule === undefined
      ? ""
      : ` ${tag("button", { type: "button", class: "to-rule", "data-rule": rule, title: "show the rule" }, "rule")}`;
  return tag("li", { class: fault === true ? "fault" : undefined }, `${links(text)}${source}${below}`);
}

/** Does not break lines within a step of a chain of reasons. */
function links(text: string): string {
  const [first = "", ...rest] = text.split(" ← ");
  return [
    escapeHtml(first),
    ...rest.map((link) =>
      tag("span", { class: "link" }, [tag("span", { class: "because", title: "because" }, "←"), " ", escapeHtml(link)]),
    ),
  ].join(" ");
}

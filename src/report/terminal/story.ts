import type { Sentence } from "../text/sentence.js";
import type { Section } from "../text/story.js";

/** The story as plain text: one sentence per line, reasons indented. */
export function renderStory(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ heading, sentences }) => [
    heading,
    ...sentences.flatMap((s) => sentenceLines(s, 1)),
    "",
  ]);
  return `${lines.join("\n").trimEnd()}\n`;
}

function sentenceLines({ text, children }: Sentence, depth: number): readonly string[] {
  return [`${"  ".repeat(depth)}- ${text}`, ...children.flatMap((child) => sentenceLines(child, depth + 1))];
}

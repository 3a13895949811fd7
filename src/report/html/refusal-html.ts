import type { Refusal } from "../refusal.js";
import { refusalSentence } from "../refusal.js";
import { plainStyle, renderDiagnostics } from "../terminal/diagnostics.js";
import { escapeHtml, tag } from "./markup.js";
import { htmlPage } from "./page.js";

/** A program or options that are wrong, as a page of its own. */
export function renderRefusalHtml(refusal: Refusal, version: string, style: string): string {
  return htmlPage({ title: `error: ${refusal.files.join(" ")}`, body: [refusalBody(refusal)], style, version });
}

/** The diagnostics as the terminal shows them. */
export function refusalBody(refusal: Refusal): string {
  const { files, diagnostics } = refusal;
  const header = tag("header", { class: "error" }, [
    tag("p", { class: "files" }, escapeHtml(files.join(" "))),
    tag("h1", {}, [tag("span", { class: "verdict" }, "Error"), " ", escapeHtml(refusalSentence(refusal))]),
  ]);
  const list = diagnostics.map((d) =>
    tag("pre", { class: "diagnostic" }, escapeHtml(renderDiagnostics([d], plainStyle))),
  );
  const section = tag("section", { id: "diagnostics", "aria-labelledby": "diagnostics-title" }, [
    tag("h2", { id: "diagnostics-title" }, "What is wrong"),
    tag("p", { class: "hint" }, "Nothing was decided about the program."),
    ...list,
  ]);
  return header + tag("main", {}, section);
}

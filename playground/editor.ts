import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem, RelationInfo } from "./protocol.js";

/** A tokenizer for colouring only; the library finds the errors. */
const dedalus = StreamLanguage.define<{ inComment: boolean }>({
  name: "dedalus",
  startState: () => ({ inComment: false }),
  token(stream, state) {
    if (state.inComment) {
      if (stream.match(/.*?\*\//)) state.inComment = false;
      else stream.skipToEnd();
      return "comment";
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/\/\/!.*/)) return "meta";
    if (stream.match(/\/\/.*/)) return "comment";
    if (stream.match("/*")) {
      state.inComment = true;
      return "comment";
    }
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/\d+/)) return "number";
    if (stream.match(/@(?:async|next|\d+)/)) return "keyword";
    if (stream.match(/(?:notin|include|count|sum|min|max|avg)\b/)) return "keyword";
    if (stream.match(/[A-Z]\w*|_\b/)) return "variableName";
    if (stream.match(/[a-z]\w*/)) return "propertyName";
    if (stream.match(":-")) return "operator";
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } } },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--accent)" },
  { tag: tags.string, color: "var(--c1)" },
  { tag: tags.number, color: "var(--c4)" },
  { tag: tags.keyword, color: "var(--c2)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--c3)" },
  { tag: tags.propertyName, color: "var(--text)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--text)", backgroundColor: "var(--bg)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--faint)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--select-bg) !important" },
  ".cm-tooltip": {
    backgroundColor: "var(--bg)",
    color: "var(--text)",
    border: "1px solid var(--faint)",
    maxWidth: "40rem",
  },
  ".cm-tooltip-hover": { padding: "2px 8px", fontFamily: "var(--mono)" },
  // The package draws these with images, which the page's security policy forbids. They differ in shape: a circle and a triangle.
  ".cm-lintRange-error, .cm-lintRange-warning": { backgroundImage: "none" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad)", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { textDecoration: "underline dotted var(--unsure)", textDecorationSkipInk: "none" },
  ".cm-lint-marker-error": { content: "normal", backgroundColor: "var(--bad)", borderRadius: "50%" },
  ".cm-lint-marker-warning": {
    content: "normal",
    backgroundColor: "var(--unsure)",
    clipPath: "polygon(50% 0, 100% 100%, 0 100%)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
});

const keys = ["check", "run", "maybe", "one-of", "durable", "forgets", "observer", "promise", "reach"];

export interface EditorHooks {
  changed(text: string): void;
  check(): void;
}

/** The program's text. It is in a shadow root, so that its styles are separate style sheets and none is written into the page. */
export class Editor {
  private readonly view: EditorView;
  private readonly extensions: Extension;
  private relations: readonly RelationInfo[] = [];

  constructor(slot: HTMLElement, hooks: EditorHooks) {
    const root = slot.attachShadow({ mode: "open" });
    const parent = document.createElement("div");
    parent.style.height = "100%";
    root.append(parent);
    this.extensions = [
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      lintGutter(),
      autocompletion({ override: [(context) => this.complete(context)] }),
      hoverTooltip((view, position) => this.hover(view, position)),
      dedalus,
      syntaxHighlighting(colours),
      look,
      EditorView.contentAttributes.of({ "aria-label": "The program, in Dedalus", tabindex: "0" }),
      Prec.highest(
        keymap.of([
          {
            key: "Ctrl-Enter",
            mac: "Cmd-Enter",
            run: () => {
              hooks.check();
              return true;
            },
          },
          // Tab leaves the editor after Escape, so that keyboard users are not trapped in it.
          {
            key: "Escape",
            run: (view) => {
              view.contentDOM.blur();
              return true;
            },
          },
        ]),
      ),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) hooks.changed(update.state.doc.toString());
      }),
    ];
    this.view = new EditorView({ root, parent, state: this.stateOf("") });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Another text has a history of its own: undoing does not lead back to the text before it. */
  set text(text: string) {
    this.view.setState(this.stateOf(text));
  }

  private stateOf(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.extensions });
  }

  focus(): void {
    this.view.focus();
  }

  /** The library's analysis of the current text. */
  show(problems: readonly Problem[], relations: readonly RelationInfo[]): void {
    this.relations = relations.length > 0 ? relations : this.relations;
    const { length } = this.view.state.doc;
    const found = problems.map(({ from, to, severity, message }): Diagnostic => {
      const start = Math.min(from, length);
      return { from: start, to: Math.max(start, Math.min(to, length)), severity, message };
    });
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  private complete(context: CompletionContext): CompletionResult | null {
    const line = context.matchBefore(/\/\/!\s*[\w-]*/);
    if (line !== null) {
      const word = context.matchBefore(/[\w-]*/);
      return { from: word?.from ?? context.pos, options: keys.map((label) => ({ label, type: "keyword" })) };
    }
    const word = context.matchBefore(/[a-z@]\w*/);
    if (word === null) return null;
    const isCalled = /^\s*\(/.test(context.state.sliceDoc(context.pos));
    const relations = this.relations.map(({ name, columns }) => ({
      label: name,
      type: "function",
      detail: `(${columns.join(", ")})`,
      apply: isCalled ? name : `${name}(`,
    }));
    const words = ["notin", "include", "@async", "@next"].map((label) => ({ label, type: "keyword" }));
    return { from: word.from, options: [...relations, ...words] };
  }

  private hover(view: EditorView, position: number): ReturnType<Parameters<typeof hoverTooltip>[0]> {
    const word = view.state.wordAt(position);
    if (word === null) return null;
    const relation = this.relations.find(({ name }) => name === view.state.sliceDoc(word.from, word.to));
    if (relation === undefined) return null;
    const { name, columns, rules } = relation;
    return {
      pos: word.from,
      end: word.to,
      create: () => {
        const dom = document.createElement("div");
        dom.textContent = `${name}(${columns.join(", ")}): ${rules} ${rules === 1 ? "rule" : "rules"}`;
        return { dom };
      },
    };
  }
}

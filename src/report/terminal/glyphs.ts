import type { ColumnState } from "../../evidence/space-time.js";

/** The marks of a drawing. */
export interface DiagramGlyphs {
  readonly life: string;
  /** By the state of a column: where it begins, and its line meanwhile. */
  readonly states: Readonly<Record<ColumnState["kind"], { readonly begin: string; readonly life: string }>>;
  readonly send: string;
  readonly line: string;
  readonly crossing: string;
  readonly right: string;
  readonly left: string;
  readonly lost: string;
  readonly stub: string;
  /** The path of a late message: where it turns downward, from the left and from the right; downward; where it turns to its receiver. */
  readonly turn: { readonly left: string; readonly right: string };
  readonly down: string;
  readonly arrive: { readonly left: string; readonly right: string };
  /** Between columns across which nothing passes. */
  readonly severed: string;
  readonly times: string;
  readonly range: string;
  readonly ellipsis: string;
  readonly separator: string;
}

const unicodeDiagram: DiagramGlyphs = {
  life: "│",
  states: {
    crashed: { begin: "✖", life: "┊" },
    down: { begin: "◇", life: "·" },
    still: { begin: "□", life: "╏" },
  },
  send: "●",
  line: "─",
  crossing: "┼",
  right: "▶",
  left: "◀",
  lost: "✗",
  stub: "╌",
  turn: { left: "┐", right: "┌" },
  down: "╎",
  arrive: { left: "└", right: "┘" },
  severed: "║",
  times: "×",
  range: "–",
  ellipsis: "…",
  separator: " · ",
};

const asciiDiagram: DiagramGlyphs = {
  life: "|",
  states: {
    crashed: { begin: "#", life: ":" },
    down: { begin: "*", life: "." },
    still: { begin: "=", life: '"' },
  },
  send: "o",
  line: "-",
  crossing: "+",
  right: ">",
  left: "<",
  lost: "x",
  stub: "-",
  turn: { left: ".", right: "." },
  down: ";",
  arrive: { left: "`", right: "'" },
  severed: "!",
  times: "x",
  range: "-",
  ellipsis: "~",
  separator: ", ",
};

export function diagramGlyphs(unicode: boolean): DiagramGlyphs {
  return unicode ? unicodeDiagram : asciiDiagram;
}

/** The branches of a tree, and what else text uses. */
export interface TextGlyphs {
  readonly branch: string;
  readonly lastBranch: string;
  readonly trunk: string;
  readonly arrow: string;
  readonly lost: string;
  readonly range: string;
  readonly dot: string;
  readonly ellipsis: string;
}

export function textGlyphs(unicode: boolean): TextGlyphs {
  return unicode
    ? {
        branch: "├ ",
        lastBranch: "└ ",
        trunk: "│ ",
        arrow: "→",
        lost: "✗",
        range: "–",
        dot: "·",
        ellipsis: "…",
      }
    : {
        branch: "|-",
        lastBranch: "`-",
        trunk: "| ",
        arrow: "->",
        lost: "x",
        range: "-",
        dot: "-",
        ellipsis: "...",
      };
}

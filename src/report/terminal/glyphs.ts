/** The marks of a drawing. */
export interface DiagramGlyphs {
  readonly life: string;
  readonly deadLife: string;
  readonly send: string;
  readonly line: string;
  readonly crossing: string;
  readonly right: string;
  readonly left: string;
  readonly lost: string;
  readonly stub: string;
  readonly crash: string;
  readonly times: string;
  readonly range: string;
  readonly ellipsis: string;
  readonly separator: string;
}

const unicodeDiagram: DiagramGlyphs = {
  life: "│",
  deadLife: "┊",
  send: "●",
  line: "─",
  crossing: "┼",
  right: "▶",
  left: "◀",
  lost: "✗",
  stub: "╌",
  crash: "✖",
  times: "×",
  range: "–",
  ellipsis: "…",
  separator: " · ",
};

const asciiDiagram: DiagramGlyphs = {
  life: "|",
  deadLife: ":",
  send: "o",
  line: "-",
  crossing: "+",
  right: ">",
  left: "<",
  lost: "x",
  stub: "-",
  crash: "#",
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
  readonly dash: string;
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
        dash: "—",
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
        dash: "--",
        range: "-",
        dot: "-",
        ellipsis: "...",
      };
}

import type { Clause, Malformed } from "./formula.js";
import { isMalformed, malformed } from "./formula.js";

/*
 * The format DRAT (Wetzler, Heule, Hunt, SAT 2014): clauses that are added, each redundant with respect to those before it, and clauses
 * that are deleted.
 *
 *     text     1 -2 0       adds 1 ∨ ¬2          d 1 -2 0     deletes it
 *     binary   'a' 2 5 0    the same; a literal v is 2v, ¬v is 2v + 1, in groups of seven bits, the lowest first
 */

export interface Step {
  readonly kind: "add" | "delete";
  /** In the order of the proof: the first literal is the one on which the clause may be resolved (RAT). */
  readonly clause: Clause;
}

export interface Proof {
  readonly format: "text" | "binary";
  readonly steps: readonly Step[];
}

/** Reads a proof in text or binary form, whichever it is. */
export function readProof(bytes: Uint8Array): Proof | Malformed {
  const text = readText(bytes);
  if (!isMalformed(text)) return { format: "text", steps: text };
  const binary = readBinary(bytes);
  if (!isMalformed(binary)) return { format: "binary", steps: binary };
  return looksLikeText(bytes) ? text : binary;
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.slice(0, 64).every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
}

const [NEWLINE, SPACE, MINUS, ZERO, NINE, LOWER_A, LOWER_C, LOWER_D] = [10, 32, 45, 48, 57, 97, 99, 100] as const;

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === NEWLINE || byte === 9 || byte === 13;
}

function readText(bytes: Uint8Array): readonly Step[] | Malformed {
  const steps: Step[] = [];
  let line = 1;
  let at = 0;
  const skipSpace = (): void => {
    for (; isSpace(bytes[at]); at++) if (bytes[at] === NEWLINE) line++;
  };
  for (skipSpace(); at < bytes.length; skipSpace()) {
    if (bytes[at] === LOWER_C) {
      while (at < bytes.length && bytes[at] !== NEWLINE) at++;
      continue;
    }
    const kind = bytes[at] === LOWER_D ? "delete" : "add";
    if (kind === "delete") {
      at++;
      if (!isSpace(bytes[at])) return malformed(`line ${line}: a step that is not a clause`);
    }
    const clause: number[] = [];
    for (;;) {
      skipSpace();
      const negative = bytes[at] === MINUS;
      if (negative) at++;
      const first = at;
      let value = 0;
      for (let byte = bytes[at]; byte !== undefined && byte >= ZERO && byte <= NINE; byte = bytes[++at])
        value = 10 * value + (byte - ZERO);
      if (at === first || value > MOST_VARIABLES || (at < bytes.length && !isSpace(bytes[at])))
        return malformed(`line ${line}: a literal was expected`);
      if (value === 0) break;
      clause.push(negative ? -value : value);
    }
    steps.push({ kind, clause: [...new Set(clause)] });
  }
  return steps;
}

const MOST_VARIABLES = 2 ** 30;

function readBinary(bytes: Uint8Array): readonly Step[] | Malformed {
  const steps: Step[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at++];
    if (tag !== LOWER_A && tag !== LOWER_D) return malformed(`byte ${at}: a step begins with neither a nor d`);
    const clause: number[] = [];
    for (;;) {
      let code = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[at++];
        if (byte === undefined) return malformed("the last step of the proof has no end");
        code += (byte & 127) * scale;
        scale *= 128;
        if (byte < 128) break;
      }
      if (code === 0) break;
      if (code < 2 || code > 2 * MOST_VARIABLES + 1) return malformed(`byte ${at}: no literal`);
      clause.push(code % 2 === 0 ? code / 2 : -(code - 1) / 2);
    }
    steps.push({ kind: tag === LOWER_A ? "add" : "delete", clause: [...new Set(clause)] });
  }
  return steps;
}

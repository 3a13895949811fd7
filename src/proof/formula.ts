/** A clause as a list of literals in the DIMACS manner: v ≥ 1, or −v for its negation. Without duplicates. */
export type Clause = readonly number[];

export interface Formula {
  readonly variables: number;
  readonly clauses: readonly Clause[];
}

/** Why a text does not parse. */
export interface Malformed {
  readonly kind: "malformed";
  /** A sentence with the line, counted from 1. */
  readonly problem: string;
}

export function malformed(problem: string): Malformed {
  return { kind: "malformed", problem };
}

export function isMalformed<T>(result: T | Malformed): result is Malformed {
  return typeof result === "object" && result !== null && "kind" in result && result.kind === "malformed";
}

/** Reads a formula in DIMACS CNF. The number of clauses has to be that of the header, and no literal may exceed its number of variables. */
export function readFormula(text: string): Formula | Malformed {
  let header: { readonly variables: number; readonly clauses: number } | undefined;
  const clauses: Clause[] = [];
  let open: number[] = [];
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    const words = line.trim();
    if (words === "" || words.startsWith("c")) continue;
    if (words.startsWith("p")) {
      const match = /^p\s+cnf\s+(\d+)\s+(\d+)$/.exec(words);
      if (match === null || header !== undefined) return malformed(`line ${number} is not the header of a CNF`);
      header = { variables: Number(match[1]), clauses: Number(match[2]) };
      continue;
    }
    if (header === undefined) return malformed(`line ${number} comes before the header`);
    for (const word of words.split(/\s+/)) {
      const literal = /^-?\d+$/.test(word) ? Number(word) : Number.NaN;
      if (!(Math.abs(literal) <= header.variables)) return malformed(`line ${number}: ${word} is not a literal`);
      if (literal === 0) {
        clauses.push([...new Set(open)]);
        open = [];
      } else open.push(literal);
    }
  }
  if (header === undefined) return malformed("there is no header of a CNF");
  if (open.length > 0) return malformed("the last clause has no end");
  if (clauses.length !== header.clauses)
    return malformed(`the header has ${header.clauses} clauses, and ${clauses.length} follow`);
  return { variables: header.variables, clauses };
}

/** Clauses of non-zero integers: v is the variable, −v its negation. */
export type Clauses = readonly (readonly number[])[];

/**
 * A satisfying set of literals, "unsatisfiable", or undefined when `patience` decisions did not decide it. Davis, Putnam,
 * Logemann, Loveland (1962), without any of what has been learned since: unit clauses, then a guess and its opposite.
 */
export function dpll(clauses: Clauses, patience: number): ReadonlySet<number> | "unsatisfiable" | undefined {
  let decisions = 0;
  const search = (trail: ReadonlySet<number>): ReadonlySet<number> | "unsatisfiable" | undefined => {
    const literals = new Set(trail);
    let open: number[] | undefined;
    for (let changed = true; changed; ) {
      changed = false;
      open = undefined;
      for (const clause of clauses) {
        if (clause.some((l) => literals.has(l))) continue;
        const free = clause.filter((l) => !literals.has(-l));
        const [only] = free;
        if (only === undefined) return "unsatisfiable";
        if (free.length > 1) {
          if (open === undefined || free.length < open.length) open = free;
        } else {
          literals.add(only);
          changed = true;
        }
      }
    }
    const [guess] = open ?? [];
    if (guess === undefined) return literals;
    if (++decisions > patience) return undefined;
    const first = search(new Set([...literals, guess]));
    return first === "unsatisfiable" ? search(new Set([...literals, -guess])) : first;
  };
  return search(new Set());
}

/** The clauses of a text in DIMACS CNF, and the names that its comments `c NUMBER NAME` give to variables. */
export function readDimacs(text: string): { readonly clauses: Clauses; readonly names: ReadonlyMap<number, string> } {
  const names = new Map<number, string>();
  const clauses: number[][] = [];
  for (const line of text.split("\n")) {
    const named = /^c (\d+) (.*)$/.exec(line);
    if (named !== null) names.set(Number(named[1]), named[2] ?? "");
    else if (/^-?\d/.test(line)) clauses.push(line.split(" ").map(Number).slice(0, -1));
  }
  return { clauses, names };
}

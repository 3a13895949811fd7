/** The two kinds of fault, as language.md ("Faults") has them. */
export type ReferenceFault =
  | { readonly kind: "crash"; readonly node: string; readonly at: number }
  | { readonly kind: "omission"; readonly from: string; readonly to: string; readonly at: number };

export type ReferenceSchedule = readonly ReferenceFault[];

export interface ReferenceBudget {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
}

/** "`omit(F, T, t)`, F ≠ T, 1 ≤ t < EFF", and no later than the end of time. */
export function omissions(budget: ReferenceBudget): readonly ReferenceFault[] {
  const nodes = [...budget.nodes].sort(byCodeUnit);
  const all: ReferenceFault[] = [];
  for (const from of nodes) {
    for (const to of nodes) {
      for (let at = 1; at < budget.eff && at <= budget.eot; at++) {
        if (from !== to) all.push({ kind: "omission", from, to, at });
      }
    }
  }
  return all;
}

/** "`crash(N, t)`, 1 ≤ t ≤ EOT … A node crashes at most once; at most `--crashes` nodes crash." */
export function crashChoices(budget: ReferenceBudget): readonly ReferenceSchedule[] {
  let choices: ReferenceSchedule[] = [[]];
  for (const node of [...budget.nodes].sort(byCodeUnit)) {
    choices = choices.flatMap((choice) => [
      choice,
      ...(choice.length < budget.crashes
        ? Array.from(
            { length: budget.eot },
            (_, i): ReferenceSchedule => [...choice, { kind: "crash", node, at: i + 1 }],
          )
        : []),
    ]);
  }
  return choices;
}

/** The number of schedules of a budget, counted by listing the crashes. */
export function countSchedules(budget: ReferenceBudget): number {
  return crashChoices(budget).length * 2 ** omissions(budget).length;
}

/** Every schedule of a budget, the empty one first. */
export function* allSchedules(budget: ReferenceBudget): Generator<ReferenceSchedule> {
  const losable = omissions(budget);
  for (let subset = 0; subset < 2 ** losable.length; subset++) {
    const lost = losable.filter((_, i) => Math.floor(subset / 2 ** i) % 2 === 1);
    for (const crashed of crashChoices(budget)) yield [...crashed, ...lost];
  }
}

/**
 * S ≤ S′: what S does, S′ does too. Its omissions are among those of S′, and a node that crashes in S crashes in S′
 * no later: "Crash as late as does the same damage" (search.md, "The counterexample").
 */
export function isAtMost(a: ReferenceSchedule, b: ReferenceSchedule): boolean {
  return a.every((fault) =>
    b.some((other) =>
      fault.kind === "crash"
        ? other.kind === "crash" && other.node === fault.node && other.at <= fault.at
        : other.kind === "omission" && other.from === fault.from && other.to === fault.to && other.at === fault.at,
    ),
  );
}

/** The schedules that have none of the others at most themselves. */
export function minimalOnes(schedules: readonly ReferenceSchedule[]): readonly ReferenceSchedule[] {
  const minimal: ReferenceSchedule[] = [];
  // Whatever is at most S has no more faults than S, and of two crashes of a node the later.
  for (const s of [...schedules].sort(inReportOrder)) {
    if (!minimal.some((smaller) => isAtMost(smaller, s))) minimal.push(s);
  }
  return minimal;
}

/**
 * Which counterexample is reported: "fewest faults first … Ties are broken deterministically (crashes before
 * omissions, then by node name and time) … Crash as late as does the same damage."
 */
export function inReportOrder(a: ReferenceSchedule, b: ReferenceSchedule): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, fault] of a.entries()) {
    const other = b[i];
    const order = other === undefined ? 0 : byReportOrder(fault, other);
    if (order !== 0) return order;
  }
  return 0;
}

function byReportOrder(a: ReferenceFault, b: ReferenceFault): number {
  if (a.kind === "crash") return b.kind === "crash" ? byCodeUnit(a.node, b.node) || b.at - a.at : -1;
  if (b.kind === "crash") return 1;
  return byCodeUnit(a.from, b.from) || byCodeUnit(a.to, b.to) || a.at - b.at;
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As `ldfi` writes it, but for odd names, which stand here without quotes. */
export function showSchedule(s: ReferenceSchedule): string {
  const shown = s.map((f) => (f.kind === "crash" ? `crash(${f.node},${f.at})` : `omit(${f.from},${f.to},${f.at})`));
  return shown.length === 0 ? "{}" : shown.join(" ");
}

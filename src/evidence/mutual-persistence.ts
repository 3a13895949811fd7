import type { Difference } from "./difference.js";

/**
 * Two tuples can carry each other from instant to instant, such as a member that stays in a chain made of its members. A chain of reasons
 * that alternates between them becomes one tuple that persists:
 *
 *     chain("t") at 5 ← member("t") at 5 ← chain("t") at 4 ← member("t") at 4 ← chain("t") at 3 ← …     chain("t") during 3–5 ← …
 */
export function foldMutualPersistence(difference: Difference): Difference {
  let { since } = difference;
  let last = difference;
  for (let next = onlyReason(last); next !== undefined; next = onlyReason(next)) {
    if (!isSameTuple(next, difference)) continue;
    if (next.tuple.instant !== since - 1) break;
    since = next.since;
    last = next;
  }
  const causes = last.causes.map((cause) => {
    if (cause.kind !== "firing") return cause;
    return {
      ...cause,
      because: cause.because.map((reason) =>
        reason.kind === "difference" ? { ...reason, difference: foldMutualPersistence(reason.difference) } : reason,
      ),
    };
  });
  return { ...difference, since, causes };
}

/** The only difference that explains another one. */
function onlyReason({ causes }: Difference): Difference | undefined {
  const [cause, ...others] = causes;
  if (cause?.kind !== "firing" || others.length > 0) return undefined;
  const [reason, ...further] = cause.because;
  return reason?.kind === "difference" && further.length === 0 ? reason.difference : undefined;
}

function isSameTuple(a: Difference, b: Difference): boolean {
  return (
    a.kind === b.kind &&
    a.tuple.relation === b.tuple.relation &&
    a.tuple.args.every((value, i) => value === b.tuple.args[i])
  );
}

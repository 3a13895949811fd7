import type { Diagnostics, RelatedPlace } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import { stronglyConnectedComponents } from "./components.js";
import type { Draft } from "./draft.js";
import { hasAggregate, isAtomLiteral } from "./draft.js";
import type { RelationId, RuleId, Stratum } from "./program.js";
import type { RelationTable } from "./relations.js";

/** How a head depends on a relation of its body at the same instant. */
type Dependency = "positive" | "negated" | "aggregated";

interface Edge {
  readonly to: RelationId;
  readonly dependency: Dependency;
  readonly span: Span;
}

/**
 * Orders the relations so that a relation that is negated or aggregated is complete before it is read. Only deductive rules
 * count: `@next` and `@async` heads belong to a later instant. Every relation is in exactly one stratum; one without
 * deductive rules is a stratum of its own, without rules.
 *
 * A cycle through a negation or an aggregate has no such order; one cycle is reported for each component that has one:
 *
 *     p(X) :- r(X), notin q(X);
 *     q(X) :- p(X);                  p → notin q → p
 */
export function stratify(draft: Draft, table: RelationTable, diagnostics: Diagnostics): readonly Stratum[] {
  const edges: Edge[][] = table.entries.map(() => []);
  const rulesOf: RuleId[][] = table.entries.map(() => []);
  draft.rules.forEach(({ head, body }, i) => {
    const from = table.byName.get(head.relation.text);
    // Rules that state facts read static relations alone, which never read what they state.
    if (from === undefined || head.time !== undefined) return;
    rulesOf[from]?.push(i as RuleId);
    const aggregates = hasAggregate(head);
    for (const literal of body) {
      if (!isAtomLiteral(literal)) continue;
      const to = table.byName.get(literal.atom.relation.text);
      const dependency = literal.kind === "negated" ? "negated" : aggregates ? "aggregated" : "positive";
      if (to !== undefined) edges[from]?.push({ to, dependency, span: literal.span });
    }
  });
  const components = stronglyConnectedComponents(edges.map((list) => list.map(({ to }) => to)));
  return components.map((component) => {
    const members = new Set(component);
    const recursive = component.some((from) => (edges[from] ?? []).some(({ to }) => members.has(to)));
    if (recursive) refuseCycle(component, members, edges, table, diagnostics);
    return {
      relations: component.map((id) => id as RelationId),
      rules: component.flatMap((id) => rulesOf[id] ?? []).sort((a, b) => a - b),
      recursive,
    };
  });
}

function refuseCycle(
  component: readonly number[],
  members: ReadonlySet<number>,
  edges: readonly (readonly Edge[])[],
  table: RelationTable,
  diagnostics: Diagnostics,
): void {
  const nameOf = (id: number): string => table.entries[id]?.name ?? "";
  for (const from of component) {
    const first = (edges[from] ?? []).find(({ to, dependency }) => members.has(to) && dependency !== "positive");
    if (first === undefined) continue;
    const back = shortestPath(first.to, from, members, edges);
    const cycle = [{ from, edge: first }, ...back];
    diagnostics.report("unstratifiable", {
      span: first.span,
      message: `\`${nameOf(from)}\` depends on ${first.dependency === "negated" ? "its own negation" : "an aggregate over itself"} within one instant: ${[
        nameOf(from),
        ...cycle.map(({ edge }) => `${edge.dependency === "negated" ? "notin " : ""}${nameOf(edge.to)}`),
      ].join(" → ")}`,
      help: "break the cycle: derive one of its relations for the next instant (`@next`), or from another relation",
      related: cycle.map(
        ({ from: head, edge }): RelatedPlace => ({
          span: edge.span,
          message: describe(nameOf(head), nameOf(edge.to), edge.dependency),
        }),
      ),
    });
    return;
  }
}

function describe(head: string, body: string, dependency: Dependency): string {
  switch (dependency) {
    case "positive":
      return `\`${head}\` is derived from \`${body}\``;
    case "negated":
      return `\`${head}\` negates \`${body}\``;
    case "aggregated":
      return `\`${head}\` aggregates over \`${body}\``;
  }
}

/** The edges of a shortest path from one member of a component to another; none if they are the same. */
function shortestPath(start: number, goal: number, members: ReadonlySet<number>, edges: readonly (readonly Edge[])[]) {
  const cameBy = new Map<number, { readonly from: number; readonly edge: Edge }>();
  const queue = [start];
  for (let i = 0; i < queue.length && start !== goal && !cameBy.has(goal); i++) {
    const from = queue[i] ?? start;
    for (const edge of edges[from] ?? []) {
      if (!members.has(edge.to) || edge.to === start || cameBy.has(edge.to)) continue;
      cameBy.set(edge.to, { from, edge });
      queue.push(edge.to);
    }
  }
  const path: { readonly from: number; readonly edge: Edge }[] = [];
  for (let step = cameBy.get(goal); step !== undefined; step = cameBy.get(step.from)) path.unshift(step);
  return path;
}

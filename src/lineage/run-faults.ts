import type { Execution } from "../execution/execution.js";
import type { Binding, Pattern, Row } from "../execution/matching.js";
import { termValue } from "../execution/matching.js";
import type { ValueId } from "../execution/values.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { Rule } from "../program/program.js";
import type { FaultGraph } from "./fault-graph.js";
import type { RunView } from "./run-view.js";

/** What the faults of one run and of others say of its messages and of its tuples of `crash`. */
export class RunFaults {
  private readonly nodes: readonly string[];

  constructor(
    private readonly view: RunView,
    private readonly execution: Execution,
    private readonly graph: FaultGraph,
  ) {
    this.nodes = execution.nodes;
  }

  /** When the message of a firing is lost; false where there is none, `undefined` if it is never delivered. */
  lost(rule: Rule, sent: number, binding: Binding, head: Pattern): Annotation | undefined {
    if (rule.timing !== "async") return FALSE;
    const { values } = this.view;
    const { location } = rule;
    if (location.kind === "wildcard") return undefined;
    const sender = termValue(location, binding, values);
    if (sender === undefined) throw new Error("a message from a sender without a value");
    const from = this.node(sender);
    const to = head[0] === undefined ? -1 : this.node(head[0]);
    if (from < 0 || to < 0) return undefined;
    return from === to ? FALSE : this.graph.lost(from, to, sent);
  }

  /** The index of a node; −1 for a value that is none. */
  private node(id: ValueId): number {
    const value = this.view.values.value(id);
    return typeof value === "string" ? this.nodes.indexOf(value) : -1;
  }

  /** The value of an annotation under the run's own schedule. */
  holdsHere(annotation: Annotation): boolean {
    const [value] = this.graph.evaluate([annotation], this.graph.variables.assignment(this.execution.schedule));
    return value === true;
  }

  /** When the schedule holds the crash of a tuple of `crash`. */
  crashed(row: Row): Annotation {
    const [, node, at] = row.map((id) => this.view.values.value(id));
    return this.graph.crashed(this.nodes.indexOf(String(node)), Number(at));
  }

  /** When it holds no crash that matches and that this run has not. */
  noNewCrash(pattern: Pattern): Annotation {
    const { values } = this.view;
    const wanted = pattern.map((id) => (id === undefined ? undefined : values.value(id)));
    if (wanted[0] !== undefined && !this.nodes.includes(String(wanted[0]))) return TRUE;
    let all: Annotation = TRUE;
    this.nodes.forEach((name, node) => {
      if (wanted[1] !== undefined && wanted[1] !== name) return;
      for (let at = 1; at <= this.execution.eot; at++) {
        if (wanted[2] !== undefined && wanted[2] !== at) continue;
        if (this.execution.schedule.some((f) => f.kind === "crash" && f.node === name && f.at === at)) continue;
        all = this.graph.and(all, this.graph.crashed(node, at) ^ 1);
      }
    });
    return all;
  }
}

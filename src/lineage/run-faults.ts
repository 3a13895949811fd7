import type { Execution } from "../execution/execution.js";
import type { Binding, Pattern, Row } from "../execution/matching.js";
import { termValue } from "../execution/matching.js";
import type { ValueId } from "../execution/values.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { TupleSource } from "../faults/environment.js";
import { crashInstant } from "../faults/node-faults.js";
import type { Fact, RelationId, Rule } from "../program/program.js";
import type { FaultGraph } from "./fault-graph.js";
import type { RunView } from "./run-view.js";

/** Whether a tuple holds at an instant, or is held back there because its node is away. */
export type Standing = "holds" | "held";

/** The effects of faults and inputs on the messages, nodes, facts and built-in tuples of one run, as annotations over all scenarios. */
export class RunFaults {
  private readonly nodes: readonly string[];

  constructor(
    private readonly view: RunView,
    private readonly execution: Execution,
    private readonly graph: FaultGraph,
  ) {
    this.nodes = execution.nodes;
  }

  /** Whether nodes can be away. */
  get hasAbsences(): boolean {
    return this.graph.environment.hasAbsences;
  }

  /** The largest lateness of a message in instants. */
  get lateness(): number {
    return this.graph.variables.lateness;
  }

  /** The schedules under which the message of a firing arrives at an instant; true for other rules. Precondition: `head[0]` is defined. */
  arrives(rule: Rule, sent: number, binding: Binding, head: Pattern, at: number): Annotation {
    if (rule.timing !== "async") return TRUE;
    const { values } = this.view;
    const { location } = rule;
    if (location.kind === "wildcard") return FALSE;
    const sender = termValue(location, binding, values);
    if (sender === undefined) throw new Error("a message from a sender without a value");
    const [from, to] = [this.node(sender), head[0] === undefined ? -1 : this.node(head[0])];
    if (from < 0 || to < 0) return FALSE;
    return this.graph.environment.arrivals(from, to, sent).find((arrival) => arrival.at === at)?.when ?? FALSE;
  }

  /** The schedules under which a tuple that is due at a location at an instant holds there, or is held back. */
  stands(standing: Standing, relation: RelationId, location: ValueId, at: number, source: TupleSource): Annotation {
    const untouched = standing === "holds" ? TRUE : FALSE;
    const node = this.node(location);
    const { memory } = this.view.timeline;
    if (!this.hasAbsences || node < 0 || memory.observer.has(relation)) return untouched;
    const kept = source === "carried" && memory.durable.has(relation);
    const presence = this.graph.environment.presence(node, at, kept ? "kept" : source);
    if (presence === undefined) return untouched;
    return this.graph.and(presence.survives, standing === "holds" ? presence.away ^ 1 : presence.away);
  }

  /** The facts of a relation at an instant; those of inputs with the scenarios that choose them. */
  facts(relation: RelationId, instant: number): readonly { readonly row: Row; readonly when: Annotation }[] {
    const { program, values } = this.view;
    const stated = (facts: readonly Fact[], when: (i: number) => Annotation) =>
      facts.flatMap((fact, i) =>
        fact.relation === relation && fact.instant === instant
          ? [{ row: fact.args.map((value) => values.intern(value)), when: when(i) }]
          : [],
      );
    return [
      ...stated(program.facts, () => TRUE),
      ...program.statics
        .filter((fact) => fact.relation === relation)
        .map(({ args }) => ({ row: args.map((value) => values.intern(value)), when: TRUE })),
      ...program.inputs.flatMap(({ facts }, line) =>
        stated(facts, (alternative) => this.graph.environment.chosen(line, alternative)),
      ),
    ];
  }

  /** The schedules under which the node of a tuple of `restart` comes back at an instant. */
  restarted(row: Row, at: number): Annotation {
    const node = row[0] === undefined ? -1 : this.node(row[0]);
    return node < 0 ? FALSE : this.graph.environment.restarted(node, at);
  }

  /** The schedules under which no matching node comes back from a restart at an instant, besides those of the run. */
  noNewRestart(pattern: Pattern, at: number): Annotation {
    const wanted = pattern[0] === undefined ? undefined : this.view.values.value(pattern[0]);
    return this.nodes.reduce((all, name, node) => {
      if (wanted !== undefined && wanted !== name) return all;
      const back = this.graph.environment.restarted(node, at);
      return this.holdsHere(back) ? all : this.graph.and(all, back ^ 1);
    }, TRUE);
  }

  /** The scenarios with the inputs of the run. */
  sameInputs(): Annotation {
    return this.view.program.inputs.reduce((all, { facts }, line) => {
      const choices = facts.map((_, alternative) => this.graph.environment.chosen(line, alternative));
      return choices.reduce((so, a) => this.graph.and(so, this.holdsHere(a) ? a : a ^ 1), all);
    }, TRUE);
  }

  /** The nodes as values. */
  get places(): readonly ValueId[] {
    return this.nodes.map((name) => this.view.values.intern(name));
  }

  /** The index of a node; −1 for a value that is not a node. */
  private node(id: ValueId): number {
    const value = this.view.values.value(id);
    return typeof value === "string" ? this.nodes.indexOf(value) : -1;
  }

  /** The value of an annotation in the run's own scenario. */
  holdsHere(annotation: Annotation): boolean {
    const [value] = this.graph.evaluate(
      [annotation],
      this.graph.variables.assignment(this.execution.schedule, this.execution.inputs),
    );
    return value === true;
  }

  /** The schedules with the crash of a tuple of `crash`. */
  crashed(row: Row): Annotation {
    const [, node, at] = row.map((id) => this.view.values.value(id));
    return this.graph.crashed(this.nodes.indexOf(String(node)), Number(at));
  }

  /** The schedules without a matching crash besides those of the run. */
  noNewCrash(pattern: Pattern): Annotation {
    const { values } = this.view;
    const wanted = pattern.map((id) => (id === undefined ? undefined : values.value(id)));
    if (wanted[0] !== undefined && !this.nodes.includes(String(wanted[0]))) return TRUE;
    let all: Annotation = TRUE;
    this.nodes.forEach((name, node) => {
      if (wanted[1] !== undefined && wanted[1] !== name) return;
      for (let at = 1; at <= this.execution.eot; at++) {
        if (wanted[2] !== undefined && wanted[2] !== at) continue;
        if (crashInstant(this.execution.schedule, name) === at) continue;
        all = this.graph.and(all, this.graph.crashed(node, at) ^ 1);
      }
    });
    return all;
  }
}

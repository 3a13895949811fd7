import type { Execution, Fate, TupleAt } from "../execution/execution.js";
import { matchesPattern } from "../execution/matching.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Absence, RuleDerivation, Support } from "../lineage/derivations.js";
import { matchesOf, persists } from "../lineage/derivations.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import { groupOf } from "../program/rule-shape.js";
import type { Traced } from "./traced-run.js";

/*
 * The lineage of some tuples as one graph over two runs: what a run that keeps the outcome derived it from, and what
 * the failing run has that the other has not. Tuples and firings alternate; a chain of persistence is one node.
 *
 *     post("b")@4 ── rule ── log("b")@2…4 ── a → b, sent at 1 ── bcast("a")@1
 *       lost                   lost              cut                same
 */

/** Which of the two runs has it: both, only the one that keeps the outcome, or only the failing one. */
export type Change = "same" | "lost" | "gained";

export type LineageNode =
  | {
      readonly kind: "tuple";
      readonly tuple: TupleAt;
      /** The start of the chain of persistence that ends at the tuple. */
      readonly since: number;
      readonly change: Change;
      readonly origin?: "fact" | BuiltInRelation;
    }
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      /** Of the body. */
      readonly instants: readonly number[];
      readonly change: Change;
      readonly message?: { readonly from: Value; readonly to: Value /** In the failing run. */; readonly fate: Fate };
      /** A fault strikes here: the body holds in the failing run and the message is lost. */
      readonly cut: boolean;
    }
  | {
      readonly kind: "absence";
      readonly relation: RelationId;
      readonly pattern: readonly (Value | undefined)[];
      readonly instants: readonly number[];
    };

export interface LineageEdge {
  /** The node that rests on the other. */
  readonly from: number;
  readonly to: number;
  /** `absence`: it rests on the other not being there, as a negation does, or an aggregate on members that are missing. */
  readonly kind: "support" | "absence";
}

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly roots: readonly number[];
  /** False where the graph was cut off at its largest size. */
  readonly complete: boolean;
}

/** The graph below some tuples. With one run given twice, its plain lineage. */
export function lineageGraph(roots: readonly TupleAt[], keeping: Traced, failing: Traced, most: number): LineageGraph {
  return new Builder(keeping, failing, most).build(roots);
}

/** What a firing rests on. */
interface Input {
  readonly id: number;
  readonly kind: LineageEdge["kind"];
}

class Builder {
  private readonly nodes: LineageNode[] = [];
  private readonly edges: LineageEdge[] = [];
  private readonly tuples = new Map<string, number>();
  private readonly chains = new Map<string, readonly TupleAt[]>();
  private readonly firings = new Map<string, number>();
  private readonly queue: { readonly id: number; readonly chain: readonly TupleAt[]; readonly change: Change }[] = [];
  private complete = true;

  constructor(
    private readonly keeping: Traced,
    private readonly failing: Traced,
    private readonly most: number,
  ) {}

  build(roots: readonly TupleAt[]): LineageGraph {
    const ids = roots.flatMap((tuple) => this.tupleNode(tuple) ?? []);
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      for (const link of next.chain) this.derive(next.id, link, next.change, link === next.chain.at(-1));
    }
    return { nodes: this.nodes, edges: this.edges, roots: [...new Set(ids)], complete: this.complete };
  }

  private changeOf(tuple: TupleAt): Change | undefined {
    const kept = holds(this.keeping.execution, tuple);
    const held = holds(this.failing.execution, tuple);
    return kept ? (held ? "same" : "lost") : held ? "gained" : undefined;
  }

  private runOf(change: Change): Traced {
    return change === "lost" ? this.keeping : this.failing;
  }

  private tupleNode(tuple: TupleAt): number | undefined {
    const change = this.changeOf(tuple);
    if (change === undefined) return undefined;
    const chain = this.chain(tuple, change);
    const start = chain.at(-1) ?? tuple;
    const key = JSON.stringify([start.relation, start.args, start.instant, change]);
    const known = this.tuples.get(key);
    if (known !== undefined) {
      const node = this.nodes[known];
      if (node?.kind === "tuple" && node.tuple.instant < tuple.instant) this.nodes[known] = { ...node, tuple };
      return known;
    }
    if (this.nodes.length >= this.most) {
      this.complete = false;
      return undefined;
    }
    const id = this.nodes.length;
    this.tuples.set(key, id);
    const origin = this.runOf(change)
      .provenance.derivationsOf(start)
      .find((d) => d.kind !== "rule");
    const from = origin?.kind === "built-in" ? origin.relation : origin?.kind;
    this.nodes.push({
      kind: "tuple",
      tuple,
      since: start.instant,
      change,
      ...(from === undefined ? {} : { origin: from }),
    });
    this.queue.push({ id, chain, change });
    return id;
  }

  /** The tuple and the instants before it at which it was carried over and fares the same in the two runs; earliest last. */
  private chain(tuple: TupleAt, change: Change): readonly TupleAt[] {
    const key = JSON.stringify([tuple.relation, tuple.instant, tuple.args]);
    const known = this.chains.get(key) ?? this.findChain(tuple, change);
    this.chains.set(key, known);
    return known;
  }

  private findChain(tuple: TupleAt, change: Change): readonly TupleAt[] {
    const { provenance } = this.runOf(change);
    const links = [tuple];
    for (let link = tuple; ; ) {
      const here = link;
      const earlier: TupleAt = { ...link, instant: link.instant - 1 };
      if (
        !provenance.derivationsOf(link).some((d) => d.kind === "rule" && persists(d, here)) ||
        this.changeOf(earlier) !== change
      )
        return links;
      links.push(earlier);
      link = earlier;
    }
  }

  private derive(id: number, link: TupleAt, change: Change, first: boolean): void {
    for (const derivation of this.runOf(change).provenance.derivationsOf(link)) {
      if (derivation.kind !== "rule" || (persists(derivation, link) && !first)) continue;
      this.firing(id, derivation, link, change);
    }
  }

  private firing(head: number, derivation: RuleDerivation, link: TupleAt, change: Change): void {
    const { rule, instant, message, supports } = derivation;
    const inputs = [
      ...supports.flatMap((support) => this.input(support, rule, change) ?? []),
      ...(derivation.aggregate ? this.missingMembers(derivation, link, change) : []),
    ];
    if (inputs.some(({ id }) => id === head)) return;
    const fate = message === undefined ? undefined : fateOf(this.failing.execution, derivation, link);
    const broken = inputs.some(({ id }) => this.differs(id));
    const cut = change === "lost" && fate !== undefined && fate !== "delivered" && !broken;
    const key = JSON.stringify([head, rule, message?.from, message?.to, fate, cut, inputs]);
    const known = this.firings.get(key);
    const node = known === undefined ? undefined : this.nodes[known];
    if (known !== undefined && node?.kind === "firing") {
      this.nodes[known] = { ...node, instants: withInstant(node.instants, instant) };
      return;
    }
    const id = this.nodes.length;
    this.firings.set(key, id);
    const sent =
      message === undefined ? {} : { message: { from: message.from, to: message.to, fate: fate ?? "delivered" } };
    this.nodes.push({ kind: "firing", rule, instants: [instant], change, cut, ...sent });
    this.edges.push(
      { from: head, to: id, kind: "support" },
      ...inputs.map((input) => ({ from: id, to: input.id, kind: input.kind })),
    );
  }

  /** The members that the same group has in the other run alone: the aggregate has its value because they are not in it. */
  private missingMembers({ rule, supports }: RuleDerivation, head: TupleAt, change: Change): readonly Input[] {
    if (change === "same") return [];
    const [here, other] = change === "lost" ? [this.keeping, this.failing] : [this.failing, this.keeping];
    const definition = other.execution.program.rules[rule];
    if (definition === undefined) return [];
    const members = new Set(supports.map((support) => (support.kind === "tuple" ? keyOf(support.tuple) : "")));
    const missing = new Map<string, TupleAt>();
    for (const args of other.execution.tuples(head.relation, head.instant)) {
      if (!matchesPattern(args, groupOf(definition, head.args))) continue;
      for (const derivation of other.provenance.derivationsOf({ ...head, args })) {
        if (derivation.kind !== "rule" || derivation.rule !== rule) continue;
        for (const support of derivation.supports) {
          if (support.kind !== "tuple" || members.has(keyOf(support.tuple))) continue;
          if (!holds(here.execution, support.tuple)) missing.set(keyOf(support.tuple), support.tuple);
        }
      }
    }
    return [...missing.values()].flatMap((tuple) => {
      const id = this.tupleNode(tuple);
      return id === undefined ? [] : [{ id, kind: "absence" as const }];
    });
  }

  private differs(id: number): boolean {
    const node = this.nodes[id];
    return node?.kind === "tuple" && node.change !== "same";
  }

  private input(support: Support, rule: RuleId, change: Change): Input | undefined {
    switch (support.kind) {
      case "tuple": {
        const id = this.tupleNode(support.tuple);
        return id === undefined ? undefined : { id, kind: "support" };
      }
      case "absence": {
        const { relation, instant } = support;
        const other = change === "same" ? undefined : (change === "lost" ? this.failing : this.keeping).execution;
        const [match] = other === undefined ? [] : matchesOf(support, rule, other);
        const id = match === undefined ? this.absenceNode(support) : this.tupleNode({ relation, instant, args: match });
        return id === undefined ? undefined : { id, kind: "absence" };
      }
      default: {
        const never: never = support;
        return never;
      }
    }
  }

  private absenceNode({ relation, instant, pattern }: Absence): number {
    const key = JSON.stringify(["no", relation, pattern.map((v) => v ?? null)]);
    const known = this.tuples.get(key);
    const node = known === undefined ? undefined : this.nodes[known];
    if (known !== undefined && node?.kind === "absence") {
      this.nodes[known] = { ...node, instants: withInstant(node.instants, instant) };
      return known;
    }
    const id = this.nodes.length;
    this.tuples.set(key, id);
    this.nodes.push({ kind: "absence", relation, pattern, instants: [instant] });
    return id;
  }
}

function keyOf({ relation, instant, args }: TupleAt): string {
  return JSON.stringify([relation, instant, args]);
}

function withInstant(instants: readonly number[], instant: number): readonly number[] {
  return [...new Set([...instants, instant])].sort((a, b) => a - b);
}

function holds(execution: Execution, { relation, instant, args }: TupleAt): boolean {
  return instant >= 1 && instant <= execution.eot && execution.has(relation, instant, args);
}

/** What the failing run made of the message that this derivation delivers; `delivered` where it sent none such. */
function fateOf(failing: Execution, { rule, instant, message }: RuleDerivation, head: TupleAt): Fate {
  const sent = failing
    .messages()
    .find(
      (m) =>
        m.sent === instant &&
        m.rule === rule &&
        m.from === message?.from &&
        m.args.every((value, i) => value === head.args[i]),
    );
  return sent?.fate ?? "delivered";
}

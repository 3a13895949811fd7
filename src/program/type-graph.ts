import type { Diagnostics } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { ColumnType } from "./program.js";

/** A column, a variable or an expression: something with a type. */
export type TypeNode = number & { readonly brand: "TypeNode" };

/** The place and reason that give a class its type. */
interface Evidence {
  readonly span?: Span;
  readonly reason: string;
}

/**
 * Equivalence classes of nodes with the same type (union–find). A class with both types is reported once, and from then on is
 * compatible with everything.
 */
export class TypeGraph {
  private readonly parents: TypeNode[] = [];
  private readonly ranks: number[] = [];
  private readonly types: (ColumnType | "conflict")[] = [];
  private readonly evidence: (Evidence | undefined)[] = [];

  constructor(private readonly diagnostics: Diagnostics) {}

  fresh(): TypeNode {
    const node = this.parents.length as TypeNode;
    this.parents.push(node);
    this.ranks.push(0);
    this.types.push("unknown");
    this.evidence.push(undefined);
    return node;
  }

  /** A fresh node of a known type. */
  known(type: "integer" | "string", span: Span, reason: string): TypeNode {
    const node = this.fresh();
    this.require(node, type, { span, reason });
    return node;
  }

  /** Gives a type to a node of unknown type. */
  require(node: TypeNode, type: "integer" | "string", evidence: Evidence): void {
    const root = this.find(node);
    this.types[root] = type;
    this.evidence[root] = evidence;
  }

  typeOf(node: TypeNode): ColumnType {
    const type = this.types[this.find(node)];
    return type === "integer" || type === "string" ? type : "unknown";
  }

  /** Unifies two nodes. If their types differ, reports `conflict` at `span` with the evidence for both. */
  unify(a: TypeNode, b: TypeNode, span: Span, conflict: string): void {
    const left = this.find(a);
    const right = this.find(b);
    if (left === right) return;
    const leftType = this.types[left] ?? "unknown";
    const rightType = this.types[right] ?? "unknown";
    const [root, child] = (this.ranks[left] ?? 0) >= (this.ranks[right] ?? 0) ? [left, right] : [right, left];
    this.parents[child] = root;
    if (this.ranks[left] === this.ranks[right]) this.ranks[root] = (this.ranks[root] ?? 0) + 1;
    if (leftType === "conflict" || rightType === "conflict") {
      this.types[root] = "conflict";
    } else if (leftType === "unknown" || rightType === "unknown" || leftType === rightType) {
      const source = leftType === "unknown" ? right : left;
      this.types[root] = this.types[source] ?? "unknown";
      this.evidence[root] = this.evidence[source];
    } else {
      this.reportConflict(left, right, span, conflict);
      this.types[root] = "conflict";
    }
  }

  private reportConflict(left: TypeNode, right: TypeNode, span: Span, message: string): void {
    const evidence = [this.evidence[left], this.evidence[right]];
    const related = evidence.flatMap((e) =>
      e?.span === undefined || samePlace(e.span, span) ? [] : [{ span: e.span, message: e.reason }],
    );
    const unplaced = evidence.find((e) => e !== undefined && e.span === undefined)?.reason;
    this.diagnostics.report("type-conflict", {
      span,
      message,
      help: `a column holds integers or strings, not both${unplaced === undefined ? "" : `; ${unplaced}`}; "1" is a string and 1 an integer`,
      related,
    });
  }

  private find(node: TypeNode): TypeNode {
    let root = node;
    for (let parent = this.parents[root]; parent !== undefined && parent !== root; parent = this.parents[root])
      root = parent;
    for (let at = node; at !== root; ) {
      const next = this.parents[at] ?? root;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }
}

function samePlace(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

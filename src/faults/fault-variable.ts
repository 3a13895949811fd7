/** What an annotation can depend on. Nodes are indices into `Budget.nodes`; `at` is an instant. */
export type FaultVariable =
  /** What is sent from `from` to `to` is omitted. */
  | { readonly kind: "omit"; readonly from: number; readonly to: number; readonly at: number }
  /** It arrives, or arrives again, at least `by` instants late. */
  | { readonly kind: "late"; readonly from: number; readonly to: number; readonly at: number; readonly by: number }
  /** If it is late, it also arrives in time. */
  | { readonly kind: "doubled"; readonly from: number; readonly to: number; readonly at: number }
  /** A cut separates `from` from `to`. */
  | { readonly kind: "severed"; readonly from: number; readonly to: number; readonly at: number }
  /** The node crashed at or before `at`. */
  | { readonly kind: "down"; readonly node: number; readonly at: number }
  /** The node is away, by a restart or by a pause. */
  | { readonly kind: "restarting"; readonly node: number; readonly at: number }
  | { readonly kind: "pausing"; readonly node: number; readonly at: number }
  /** The alternative of an input line is chosen if no earlier one is. */
  | { readonly kind: "input"; readonly line: number; readonly alternative: number; readonly at: 0 };

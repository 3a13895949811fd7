// Deliberate mistakes, each a few exact replacements in src/. The properties must notice every one of them; `elsewhere` is
// a test that does where generated programs hardly come to it.

/** @typedef {{ name: string, mistake: string, elsewhere?: string, edits: { file: string, from: string, to: string }[] }} Mutant */

/** @type {Mutant[]} */
export const mutants = [
  {
    name: "drop-one-negation",
    mistake: "a negated literal that stands third in its rule is not looked at",
    edits: [
      {
        file: "src/execution/join.ts",
        from: 'if (lookup !== undefined) steps.push({ kind: "absent", lookup });',
        to: 'if (lookup !== undefined && step.access.literal !== 2) steps.push({ kind: "absent", lookup });',
      },
    ],
  },
  {
    name: "count-duplicates",
    mistake: "aggregates range over bindings, not over distinct values",
    edits: [
      {
        file: "src/execution/rule-evaluation.ts",
        from: "aggregates.map(() => new Extent(2))",
        to: "aggregates.map(() => new Extent(3))",
      },
      {
        file: "src/execution/rule-evaluation.ts",
        from: "members[i]?.add([group, memberOf(term, join.binding, values)])",
        to: "members[i]?.add([group, memberOf(term, join.binding, values), this.firings])",
      },
      {
        file: "src/execution/rule-evaluation.ts",
        from: "extent.rows[2 * p] as number",
        to: "extent.rows[3 * p] as number",
      },
      {
        file: "src/execution/rule-evaluation.ts",
        from: "extent.rows[2 * p + 1] as number",
        to: "extent.rows[3 * p + 1] as number",
      },
    ],
  },
  {
    name: "wrong-instant",
    mistake: "messages sent at instant 2 arrive at once",
    edits: [
      {
        file: "src/execution/timeline.ts",
        from: "this.send(rule, location, t, row, annotation, following)",
        to: "this.send(rule, location, t, row, annotation, t === 2 ? present : following)",
      },
    ],
  },
  {
    name: "eff-off-by-one",
    mistake: "messages sent at EFF can be lost",
    edits: [{ file: "src/faults/channel-faults.ts", from: "Math.min(b.eff - 1, b.eot)", to: "Math.min(b.eff, b.eot)" }],
  },
  {
    name: "forget-crash-before-message",
    mistake: "a node that crashes at t still sends at t",
    edits: [
      { file: "src/faults/environment.ts", from: "values.down(from, sent))", to: "values.down(from, sent - 1))" },
    ],
  },
  {
    name: "forget-crashes-in-lineage",
    mistake: "the lineage over all schedules does not know of crashes",
    edits: [
      { file: "src/lineage/fault-graph.ts", from: "{ ...values, down })", to: "{ ...values, down: () => FALSE })" },
    ],
  },
  {
    name: "lose-self-messages",
    mistake: "a crashed node does not hear itself",
    edits: [{ file: "src/faults/environment.ts", from: "from === to ? this.toItself(from, sent) : ", to: "" }],
  },
  {
    name: "fire-before-n",
    mistake: "a message or @next rule with a literal @N fires before N",
    edits: [{ file: "src/execution/timeline.ts", from: "if (t < rule.firstInstant) continue;", to: "" }],
  },
  {
    name: "count-to-zero",
    mistake: "a group that faults have emptied counts to 0",
    edits: [
      {
        file: "src/execution/aggregates.ts",
        from: "if (k + always > 0 && exactly !== FALSE)",
        to: "if (exactly !== FALSE)",
      },
    ],
  },
  {
    name: "max-forgets-absence",
    mistake: "under faults, `max` and `min` also give the smaller candidates",
    edits: [
      {
        file: "src/execution/aggregates.ts",
        from: "noneBefore = algebra.and(noneBefore, annotation ^ 1);",
        to: "if (annotation === TRUE) noneBefore = FALSE;",
      },
    ],
  },
  {
    name: "one-round-of-recursion",
    mistake: "the annotations of a recursive component are iterated once",
    edits: [{ file: "src/execution/ground-component.ts", from: "? 1 : cycle.length;", to: "? 1 : 1;" }],
  },
  {
    name: "floor-division",
    mistake: "division rounds down",
    edits: [{ file: "src/execution/values.ts", from: "Math.trunc(", to: "Math.floor(" }],
  },
  {
    name: "crash-seen-by-one",
    mistake: "only one node observes a crash",
    edits: [
      {
        file: "src/execution/facts.ts",
        from: "for (const observer of ids) {",
        to: "for (const observer of ids.slice(0, 1)) {",
      },
    ],
  },
  {
    name: "existential-is-bound",
    mistake: "a negation with an existential variable looks only at the first match",
    edits: [
      {
        file: "src/execution/join.ts",
        from: "any = this.algebra.or(any, snapshot.annotation(p));",
        to: "any = snapshot.annotation(p);",
      },
    ],
  },
  {
    name: "block-too-much",
    mistake: "after a counterexample, everything that shares a fault with it is ruled out",
    edits: [
      {
        file: "src/solving/hypotheses.ts",
        from: "else this.solver.addClause(literals.map((l) => -l));",
        to: "else for (const l of literals) this.solver.addClause([-l]);",
      },
    ],
  },
  {
    name: "errors-ignored",
    mistake: "schedules that end in an arithmetic error are passed over",
    edits: [
      {
        file: "src/search/first-error.ts",
        from: "if (failing === FALSE) return undefined;",
        to: "if (failing !== -1) return undefined;",
      },
    ],
  },
  {
    name: "errors-end-exhaustion",
    mistake: "`exhaustive` looks at nothing that does more than a schedule that ends in an error",
    edits: [
      {
        file: "src/search/exhaustive.ts",
        from: "next.push(...extensions(candidate, budget, messagesBefore(run)));",
        to: "",
      },
    ],
  },
  {
    name: "errors-met-only",
    mistake: "`exhaustive` and `alternate` know of no errors beyond the counterexample",
    edits: [
      {
        file: "src/search/first-error.ts",
        from: 'if (outcome.kind === "violated" && !isFirstErrorKnown(search, outcome)) {',
        to: "if (false) {",
      },
    ],
  },
  {
    name: "errors-explained-by-presence",
    mistake: "in alternation, an error is explained without what its rule excludes",
    edits: [
      {
        file: "src/lineage/explanations.ts",
        from: "this.conditions.standing(atoms));\n    };",
        to: 'this.conditions.standing(atoms.filter((l) => l.kind === "tuple")));\n    };',
      },
    ],
  },
  {
    name: "explanations-forget-absence",
    mistake: "in alternation, a derivation stands even if what a `notin` missed comes up",
    edits: [
      {
        file: "src/lineage/sufficient-conditions.ts",
        from: ": this.complete({ relation, instant, pattern: literal.pattern });",
        to: ": TRUE;",
      },
    ],
  },
  {
    name: "explanations-keep-groups",
    mistake: "in alternation, an aggregate stands even if its group gains a member",
    elsewhere: "test/lineage/explanations.slow.test.ts",
    edits: [
      {
        file: "src/lineage/sufficient-conditions.ts",
        from: "const closed = this.noNewBinding(rule, instant, start);\n    return",
        to: "const closed = TRUE;\n    return",
      },
    ],
  },
  {
    name: "one-crash-too-many",
    mistake: "one node more may crash than the budget says",
    edits: [
      {
        file: "src/solving/fault-literals.ts",
        from: "const literal of this.atMostOf(kind, most))",
        to: "const literal of this.atMostOf(kind, most + 1))",
      },
    ],
  },
  {
    name: "crashes-heal",
    mistake: "a node that is down need not stay down",
    edits: [{ file: "src/solving/node-literals.ts", from: "down[i + 1]?.variable ?? crashes]", to: "crashes]" }],
  },
  {
    name: "skip-a-size",
    mistake: "the search for the fewest faults does not ask for two",
    edits: [
      {
        file: "src/solving/hypotheses.ts",
        from: "if (this.solve(bound, k)) {",
        to: "if (k !== 2 && this.solve(bound, k)) {",
      },
    ],
  },
  {
    name: "crash-as-early-as-possible",
    mistake: "of the instants at which a crash does the damage the first is reported",
    edits: [
      {
        file: "src/solving/node-literals.ts",
        from: "if (before !== undefined && chooser.allows(-before.variable))",
        to: "if (false)",
      },
    ],
  },
  {
    name: "too-much-in-common",
    mistake: "a larger EFF is taken to change nothing at the first instant that its omissions reach",
    edits: [
      {
        file: "src/lineage/common-instants.ts",
        from: "Math.min(one.last, other.last) + one.later",
        to: "Math.min(one.last, other.last) + one.later + 1",
      },
    ],
  },
  {
    name: "crash-remembered-in-common",
    mistake: "what rests on `crash` and is carried on is taken over although EOT has changed",
    edits: [
      {
        file: "src/lineage/common-instants.ts",
        from: 'rule.timing === "deductive" && !canFail(rule)',
        to: "!canFail(rule)",
      },
    ],
  },
  {
    name: "literal-lost-in-log",
    mistake: "before variables are eliminated, clauses lose their last literal",
    edits: [
      {
        file: "src/solving/clause-log.ts",
        from: "this.end = after;",
        to: "this.end = after - (literals.length > 1 ? 1 : 0);",
      },
    ],
  },
  {
    name: "nothing-promised-mends",
    mistake: "a sweep takes a step at which nothing is promised for one that mends a violation",
    elsewhere: "test/search/sweep.test.ts",
    edits: [
      {
        file: "src/search/sweep.ts",
        from: "if (!isProof(step)) continue;",
        to: 'if (step.finding.kind !== "holds") continue;',
      },
    ],
  },
  {
    name: "promises-of-faults-overlooked",
    mistake: "a sweep looks for something promised without faults alone",
    edits: [
      {
        file: "src/search/sweep.ts",
        from: "const start = this.undisturbed() ?? this.underFaults();",
        to: 'const start = this.undisturbed() ?? this.ended("vacuous");',
      },
    ],
  },
  {
    name: "certain-members-uncounted",
    mistake: "an average counts only the members that faults can take away",
    edits: [
      {
        file: "src/execution/aggregates.ts",
        from: "BigInt(uncertain + always.count)",
        to: "BigInt(Math.max(uncertain, Math.min(1, always.count)))",
      },
    ],
  },
  {
    name: "mends-what-is-used-twice",
    mistake: "`lint --fix` puts a wildcard for one of two uses of a variable",
    edits: [
      {
        file: "src/program/lint/single-use-variables.ts",
        from: "if (count !== 1 ||",
        to: "if (count > 2 ||",
      },
    ],
  },
  {
    name: "mends-into-the-contrary",
    mistake: "`lint --fix` writes `!=` for `=`",
    edits: [
      {
        file: "src/syntax/error-messages.ts",
        from: 'fix: replacing(span, "==", "Write `==`", "safe"),',
        to: 'fix: replacing(span, "!=", "Write `==`", "safe"),',
      },
    ],
  },
];

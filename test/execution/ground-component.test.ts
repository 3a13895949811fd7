import fc from "fast-check";
import { expect, test } from "vitest";
import { GroundComponent, POSSIBLE } from "../../src/execution/ground-component.js";
import { Snapshot } from "../../src/execution/relation-store.js";
import { FALSE, TRUE } from "../../src/faults/annotation.js";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import type { RelationId } from "../../src/program/program.js";

const relation = 0 as RelationId;
const tuples = 6;
const bounds = budget(["a", "b"], 6, 5, 0);

/** What a firing or a tuple rests on outside the component: 0 nothing, else one of four messages, arrived or lost. */
const outside = fc.integer({ min: -4, max: 4 });
const holds = (condition: number, setting: number): boolean =>
  condition === 0 || (((setting >> (Math.abs(condition) - 1)) & 1) === 1) === condition > 0;

// Firings that read one tuple each are linear equations.
test.each([1, 3])(
  "the annotations are the least fixpoint, with at most %i tuples of the component to a firing",
  (links) => {
    let cyclic = 0;
    const firing = fc.record({
      head: fc.nat(tuples - 1),
      outside,
      body: fc.uniqueArray(fc.nat(tuples - 1), { minLength: 1, maxLength: links }),
    });
    fc.assert(
      fc.property(
        fc.array(firing, { maxLength: 18 }),
        fc.dictionary(fc.constantFrom("0", "1", "2"), outside),
        (firings, bases) => {
          const graph = new FaultGraph(bounds);
          const annotation = (condition: number): number => {
            const lost = graph.lost(0, 1, Math.abs(condition));
            return condition === 0 ? TRUE : condition > 0 ? lost : lost ^ 1;
          };
          const snapshot = Snapshot.empty(1);
          for (let p = 0; p < tuples; p++) {
            const base = bases[String(p)];
            snapshot.set(snapshot.extent.add([p]), base === undefined ? POSSIBLE : annotation(base));
          }
          const component = new GroundComponent(graph);
          const failed: number[] = [];
          const body = (list: readonly number[]): number[] => list.map((p) => component.node(relation, p));
          for (let p = 0; p < tuples; p++) component.node(relation, p);
          for (const f of firings)
            component.firing(component.node(relation, f.head), annotation(f.outside), body(f.body));
          component.failure(annotation(1), body([0, 5]), (when) => failed.push(when));
          const someImpossible = component.solve(() => snapshot);

          const annotations = Array.from({ length: tuples }, (_, p) => snapshot.annotation(p));
          expect(someImpossible).toBe(annotations.includes(FALSE));
          for (let setting = 0; setting < 16; setting++) {
            const expected = new Set(
              Object.keys(bases)
                .filter((p) => holds(bases[p] ?? 0, setting))
                .map(Number),
            );
            for (let grew = true; grew; ) {
              const before = expected.size;
              for (const f of firings)
                if (holds(f.outside, setting) && f.body.every((p) => expected.has(p))) expected.add(f.head);
              grew = expected.size > before;
            }
            const values = graph.evaluate(
              [...annotations, ...failed],
              (v) => ((setting >> (graph.variables.variable(v).at - 1)) & 1) === 1,
            );
            expect(values.slice(0, tuples)).toEqual(annotations.map((_, p) => expected.has(p)));
            expect(values[tuples] ?? false).toBe(holds(1, setting) && expected.has(0) && expected.has(5));
          }
          if (firings.some((f) => firings.some((g) => f.body.includes(g.head) && g.body.includes(f.head)))) cyclic++;
        },
      ),
      { numRuns: 300, seed: 9 },
    );
    expect(cyclic).toBeGreaterThan(100);
  },
);

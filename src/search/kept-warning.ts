import type { FaultKind } from "../faults/kinds.js";
import { faultKinds } from "../faults/kinds.js";
import type { Program, RelationId, RuleId } from "../program/program.js";
import type { AdequacyWarning } from "./verdict.js";

/** A warning as plain data: a `reach` line by its number. */
export type KeptWarning =
  | Exclude<AdequacyWarning, { readonly kind: "not-reached" }>
  | { readonly kind: "not-reached"; readonly reach: number };

export function keptWarning(warning: AdequacyWarning, program: Program): KeptWarning {
  if (warning.kind !== "not-reached") return warning;
  return { kind: warning.kind, reach: program.reaches.indexOf(warning.reach) };
}

/** The kept warning; nothing if it does not fit the program. */
export function readWarning(kept: unknown, program: Program): AdequacyWarning | undefined {
  if (typeof kept !== "object" || kept === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...kept };
  const { kind, relation, relations, rules, rule, promise } = fields;
  const named = typeof promise === "string" ? { promise } : {};
  switch (kind) {
    case "vacuous": {
      const under = (["every-schedule", "failure-free", "runs", "run"] as const).find((name) => name === fields.under);
      if (under === undefined || !(relation === undefined || isRelation(relation, program))) return undefined;
      return { kind, relation, under, ...named };
    }
    case "vacuous-under-faults":
    case "out-of-reach":
      return isRelation(relation, program) ? { kind, relation, ...named } : undefined;
    case "not-reached": {
      const reach = typeof fields.reach === "number" ? program.reaches[fields.reach] : undefined;
      return reach === undefined ? undefined : { kind, reach };
    }
    case "relation-never-filled":
      return isListOf(relations, (id) => isRelation(id, program)) ? { kind, relations } : undefined;
    case "unsettled": {
      const { settledAt } = fields;
      if (!isListOf(relations, (id) => isRelation(id, program))) return undefined;
      return settledAt === undefined || typeof settledAt === "number" ? { kind, relations, settledAt } : undefined;
    }
    case "nothing-to-lose":
      return { kind };
    case "kind-without-effect":
      return isListOf(fields.faults, isFaultKind) ? { kind, faults: fields.faults } : undefined;
    case "rule-never-fires":
      return isListOf(rules, (id) => isRule(id, program)) ? { kind, rules } : undefined;
    case "message-to-non-node": {
      const { place, end } = fields;
      if (!isRule(rule, program) || (typeof place !== "string" && typeof place !== "number")) return undefined;
      return end === "from" || end === "to" ? { kind, rule, place, end } : undefined;
    }
    default:
      return undefined;
  }
}

export function isRelation(id: unknown, { relations }: Program): id is RelationId {
  return typeof id === "number" && relations[id] !== undefined;
}

function isRule(id: unknown, { rules }: Program): id is RuleId {
  return typeof id === "number" && rules[id] !== undefined;
}

function isFaultKind(kind: unknown): kind is FaultKind {
  return faultKinds.some((known) => known === kind);
}

function isListOf<T>(value: unknown, isOne: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isOne);
}

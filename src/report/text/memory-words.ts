import { restartMemory } from "../../program/forgetting.js";
import { memoryOf } from "../../program/memory.js";
import type { Program, RelationId } from "../../program/program.js";
import type { Specification } from "../../program/specification.js";
import { rolesOf } from "../../program/specification.js";
import { enumerate } from "../../wording/lists.js";
import { relationName } from "./tuples.js";

/** What a node that restarts keeps and forgets, of the relations that are carried. */
export function memoryInWords(program: Program, specification: Specification): string {
  const memory = restartMemory(program, memoryOf(program, rolesOf(specification)));
  const named = (ids: readonly RelationId[]): string => enumerate(ids.map((id) => relationName(program, id)));
  const kept = [
    ...(memory.durable.length === 0 ? [] : [`${named(memory.durable)} (durable)`]),
    ...(memory.configuration.length === 0 ? [] : [`${named(memory.configuration)} (configuration)`]),
  ];
  const parts = [
    ...(kept.length === 0 ? [] : [`keeps ${kept.join(" and ")}`]),
    ...(memory.forgotten.length === 0 ? [] : [`forgets ${named(memory.forgotten)}`]),
  ];
  return parts.length === 0
    ? "nothing is carried, so a restart forgets nothing"
    : `a node that restarts ${parts.join(", and ")}`;
}

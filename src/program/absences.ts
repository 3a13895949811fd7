import type { Absences } from "../faults/schedule.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { forgottenWitnesses, restartMemory } from "./forgetting.js";
import type { Memory } from "./memory.js";
import { memoryOf } from "./memory.js";
import { observerMessages } from "./observer-messages.js";
import type { Program, RelationId } from "./program.js";
import { ownRestart } from "./restart.js";
import type { Specification } from "./specification.js";
import { rolesOf } from "./specification.js";

/** Errors and warnings about a program whose nodes can restart or pause; empty if they can do neither. */
export function absenceDiagnostics(
  program: Program,
  specification: Specification,
  { restarts, pauses }: Absences,
): readonly Diagnostic[] {
  if (!restarts && !pauses) return [];
  const memory = memoryOf(program, rolesOf(specification));
  return [
    ...observerMessages(program, rolesOf(specification)),
    ...(restarts
      ? [
          ...ownRestart(program),
          ...withoutSpecification(specification),
          ...withoutDurable(program, memory),
          ...witnessesForgotten(program, specification, memory),
        ]
      : []),
  ];
}

function withoutSpecification(specification: Specification): readonly Diagnostic[] {
  if (specification.kind !== "persistent") return [];
  return [
    diagnostic("restarts-without-specification", {
      message:
        "restarts are possible, and the program has neither `pre` and `post` nor `never`: every tuple that a restart forgets is a violation",
      help: "define `pre` and `post`, or `never`, or name relations with `--pre` and `--post`, or `--never`",
    }),
  ];
}

function withoutDurable(program: Program, memory: Memory): readonly Diagnostic[] {
  const { configuration, forgotten } = restartMemory(program, memory);
  if (program.durable.size > 0 || forgotten.length === 0) return [];
  const kept = configuration.length === 0 ? "" : ` but the configuration ${names(program, configuration)}`;
  return [
    diagnostic("nothing-durable", {
      message: `no \`//! durable\` line says what survives a restart: a node that restarts forgets everything${kept}`,
      help: `name what a node writes to disk, as in \`//! durable ${program.relations[forgotten[0] ?? 0]?.name}\``,
    }),
  ];
}

function witnessesForgotten(program: Program, specification: Specification, memory: Memory): readonly Diagnostic[] {
  const forgotten = forgottenWitnesses(program, specification, memory);
  const [first] = forgotten;
  if (first === undefined) return [];
  const them = forgotten.length === 1 ? "it" : "them";
  return [
    diagnostic("witness-forgotten", {
      span: program.relations[first]?.firstUse,
      message: `a restart forgets ${names(program, forgotten)}, and with ${them} the evidence of a violation`,
      help: `if the specification alone needs ${them}, write \`//! observer\`; if nodes keep ${them}, \`//! durable\``,
    }),
  ];
}

function names({ relations }: Program, ids: readonly RelationId[]): string {
  const quoted = ids.map((id) => `\`${relations[id]?.name}\``);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} and ${last}`;
}

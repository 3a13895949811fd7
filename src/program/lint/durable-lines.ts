import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { configuration } from "../memory.js";
import type { Program } from "../program.js";

/**
 * Lines that change nothing: a restart keeps what `@next` rules carry, if it is durable, so a relation that none carries is not kept; and it
 * forgets everything else but configuration, so there is nothing else to be told to forget.
 */
export function durableLines(program: Program): readonly Diagnostic[] {
  const nameOf = (id: number): string => program.relations[id]?.name ?? "";
  const carried = new Set(program.rules.flatMap(({ timing, head }) => (timing === "inductive" ? [head.relation] : [])));
  const kept = new Set(configuration(program));
  return [
    ...[...program.durable].flatMap(([id, span]) =>
      carried.has(id)
        ? []
        : [
            diagnostic("nothing-carried", {
              span,
              message: `no \`@next\` rule carries \`${nameOf(id)}\` to the next instant, so a restart finds nothing of it to keep`,
              help: "carry it by a rule with an `@next` head, or take it out of the line",
            }),
          ],
    ),
    ...[...program.forgets].flatMap(([id, span]) =>
      kept.has(id)
        ? []
        : [
            diagnostic("forgets-nothing", {
              span,
              message: `\`${nameOf(id)}\` is no configuration: a restart forgets it in any case`,
              help: "take it out of the line; configuration is what facts define, and nothing else but its own persistence rule",
            }),
          ],
    ),
  ];
}

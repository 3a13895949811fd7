import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { configuration } from "../memory.js";
import type { Program } from "../program.js";

/**
 * Warns of lines without effect. Only carried tuples can survive a restart, so `durable` has no effect on a relation that no `@next`
 * rule derives; only configuration survives without being durable, so `forgets` has no effect on any other relation.
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
              message: `no \`@next\` rule carries \`${nameOf(id)}\`, so none of its tuples survives a restart`,
              help: "carry it with an `@next` rule, or take it out of the line",
            }),
          ],
    ),
    ...[...program.forgets].flatMap(([id, span]) =>
      kept.has(id)
        ? []
        : [
            diagnostic("forgets-nothing", {
              span,
              message: `\`${nameOf(id)}\` is not configuration, so a restart forgets it anyway`,
              help: "take it out of the line; configuration is defined only by facts and by its own persistence rule",
            }),
          ],
    ),
  ];
}

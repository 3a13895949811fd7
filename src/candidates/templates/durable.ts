import type { Edit } from "../edit.js";
import type { Situation } from "../situation.js";
import { isOwn } from "../situation.js";

/** `//! durable r` for what a restart made a node forget. */
export function durable(situation: Situation): readonly Edit[] {
  const { program } = situation.subject;
  return situation.places.forgotten.flatMap((id): readonly Edit[] => {
    const name = program.relations[id]?.name;
    if (name === undefined || !isOwn(situation, id) || program.durable.has(id) || program.forgets.has(id)) return [];
    return [
      {
        template: "durable",
        title: `${name} survives a restart`,
        changes: [{ kind: "durable", relation: name }],
        delay: 0,
      },
    ];
  });
}

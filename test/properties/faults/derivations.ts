import { memoryOf } from "../../../src/program/memory.js";
import { engineSchedule } from "../engine-schedule.js";
import { derivationsAreReal } from "../explanations.js";
import { loadText } from "../loading.js";
import { failed, passed } from "../subject.js";
import type { FaultProperty } from "./subject.js";
import { anyInputs, anySchedule } from "./subject.js";

export const faultyDerivations: FaultProperty = {
  name: "derivations",
  claim:
    "every tuple has its derivations, and no others, though it came late or was held back, under faults of every kind and any inputs",
  check: ({ budget, reference, specification, text }, _, random) => {
    const loaded = loadText(text);
    if ("refused" in loaded) return failed(loaded.refused);
    const { program } = loaded;
    const { nodes, eot } = budget;
    const { roles } = specification;
    const memory = memoryOf(
      program,
      roles.flatMap((name) => program.relationByName.get(name) ?? []),
    );
    const notes: string[] = [];
    for (let i = 0; i < 5; i++) {
      const schedule = anySchedule(budget, random);
      const inputs = anyInputs(reference, random);
      const chosen = inputs.map(({ line, chosen }) => (line.kind === "one-of" ? chosen : chosen === 0 ? undefined : 0));
      const options = { schedule: engineSchedule(schedule), inputs: chosen, memory };
      const found = derivationsAreReal(program, reference, { nodes, eot, schedule, inputs, roles }, options);
      if (found.kind !== "passed") return found;
      notes.push(...found.notes);
    }
    return passed(...new Set(notes));
  },
};

import type { ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { cut } from "./schedules.js";

/** Reads what `showSchedule` writes: `crash(a,2) cut(a|b,c,2,3)`. Whether a two-way cut is partial depends on the nodes. */
export function readSchedule(text: string, nodes: readonly string[]): ReferenceSchedule {
  return [...text.matchAll(/(\w+)\(([^)]*)\)/g)].map(([, name = "", inside = ""]) => readFault(name, inside, nodes));
}

function readFault(name: string, inside: string, nodes: readonly string[]): ReferenceFault {
  const parts = inside.split(",");
  const [first = "", second = ""] = parts;
  const number = (i: number): number => Number(parts.at(i));
  switch (name) {
    case "crash":
      return { kind: "crash", node: first, at: number(1) };
    case "restart":
    case "pause":
      return { kind: name, node: first, at: number(1), until: number(2) };
    case "omit":
      return { kind: "omission", from: first, to: second, at: number(2) };
    case "delay":
    case "duplicate":
      return { kind: name, from: first, to: second, at: number(2), arrives: number(3) };
    case "cut": {
      const [, a = [], b = []] = (/^(.*)[|>](.*)$/.exec(parts.slice(0, -2).join()) ?? []).map((side) =>
        side.split(","),
      );
      const isPartial = a.length + b.length < nodes.length;
      const kind = inside.includes(">") ? "one-way-partition" : isPartial ? "partial-partition" : "partition";
      return cut(kind, a, b, number(-2), number(-1));
    }
    default:
      throw new Error(`no fault is written ${name}(${inside})`);
  }
}

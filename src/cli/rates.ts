import type { Rate } from "../faults/rates.js";
import { parseRate } from "../faults/rates.js";
import { visible } from "../source/strings.js";
import { readBytes } from "./read-bytes.js";

export type ReadRates =
  | { readonly kind: "rates"; readonly list: readonly Rate[] }
  /** The problem, with its place in the file and how to fix it. */
  | { readonly kind: "problem"; readonly message: string; readonly help: string };

/** Parses a file of rates: one per line, `omission(a,b): 0.05`; `#` begins a comment. Such a file is also YAML. */
export function readRates(path: string): ReadRates {
  const read = readBytes(path);
  if (read.kind !== "read")
    return {
      kind: "problem",
      message:
        read.kind === "missing"
          ? `--rates: there is no file ${visible(path)}`
          : `--rates: ${visible(path)} cannot be read`,
      help: "name a file with lines such as `omission: 0.01`",
    };
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(read.bytes);
  const list: Rate[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/(^|\s)#.*$/, "").trim();
    if (content === "" || content === "---") continue;
    const parsed = parseRate(content);
    if (parsed.kind === "problem")
      return { kind: "problem", message: `--rates: ${visible(path)}:${i + 1} is not a rate`, help: parsed.problem };
    list.push(parsed.rate);
  }
  return { kind: "rates", list };
}

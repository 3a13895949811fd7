import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { CampaignState } from "./campaign.js";
import { emptyState, runCampaign } from "./campaign.js";
import { faultSuite } from "./faults.js";
import { libraryCases } from "./library.js";
import { examine, suite } from "./properties.js";
import { storedText } from "./regression-file.js";
import { sizedSuite } from "./sized.js";
import type { Property } from "./subject.js";
import { failed, subjectOf } from "./subject.js";
import type { Failure, Generated, Suite } from "./suite.js";
import { propertiesNamed } from "./suite.js";
import { sumSuite } from "./sums.js";

const usage = `npm run fuzz -- [--faults | --sized | --sums] [--seeds N] [--from N] [--property NAME]… [--fresh] [--max-failures N]
npm run fuzz -- --library [--from SEED] [--property NAME]…

Generates a program for each seed from 1 to N (1000) and checks what is claimed of every program. Ends at once when it
is interrupted and goes on from there when it is started again with the same properties; --fresh starts over. A failing
program is shrunk, printed, and stored under test/regressions/, which the tests replay. With --faults the programs are
those that every kind of fault and open inputs can matter to, and so are the properties. With --sized they use what
programs of real size need: ranges, static relations, records, several promises. With --sums they add up what arrives, and
the lineage has every sum that allows it as a function of the schedule. With --library the programs are
those of programs/, at the parameters of each of their expectations.`;

/** Runs a campaign from the command line; the exit status. `root` is the checkout. */
export function main(args: readonly string[], root: string): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "1000" },
      from: { type: "string", default: "1" },
      property: { type: "string", multiple: true, default: [] },
      fresh: { type: "boolean", default: false },
      "max-failures": { type: "string", default: "10" },
      library: { type: "boolean", default: false },
      faults: { type: "boolean", default: false },
      sized: { type: "boolean", default: false },
      sums: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.library)
    return examineLibrary(join(root, "programs"), propertiesNamed(suite, values.property), Number(values.from));
  const range: Range = {
    from: Number(values.from),
    seeds: Number(values.seeds),
    names: values.property,
    fresh: values.fresh,
    maxFailures: Number(values["max-failures"]),
  };
  if (values.sized)
    return examineSeeds(sizedSuite, range, {
      states: join(root, "dist/fuzz/sized"),
      kept: join(root, "test/regressions/sized"),
    });
  if (values.sums)
    return examineSeeds(sumSuite, range, {
      states: join(root, "dist/fuzz/sums"),
      kept: join(root, "test/regressions/sums"),
    });
  return values.faults
    ? examineSeeds(faultSuite, range, {
        states: join(root, "dist/fuzz/faults"),
        kept: join(root, "test/regressions/faults"),
      })
    : examineSeeds(suite, range, { states: join(root, "dist/fuzz"), kept: join(root, "test/regressions") });
}

/** Which seeds are examined, and what is asked of them. */
interface Range {
  readonly from: number;
  readonly seeds: number;
  /** Of properties. */
  readonly names: readonly string[];
  /** Whether to start over. */
  readonly fresh: boolean;
  readonly maxFailures: number;
}

interface Folders {
  /** How far campaigns have come. */
  readonly states: string;
  /** Programs that failed. */
  readonly kept: string;
}

function examineSeeds<C extends Generated, S, P extends { readonly name: string }>(
  programs: Suite<C, S, P>,
  { from, seeds, names, fresh, maxFailures }: Range,
  folders: Folders,
): number {
  const file = join(folders.states, `state-${from}-${names.join("-") || "all"}.json`);
  if (fresh) rmSync(file, { force: true });
  const start = readState(file) ?? emptyState(from);
  const end = from + seeds;
  if (start.next > from) console.log(`going on at seed ${start.next}`);

  const failures: Failure<C>[] = [];
  const began = performance.now();
  let saved = began;
  const final = runCampaign(
    {
      suite: programs,
      properties: propertiesNamed(programs, names),
      end,
      onFailure: (failure) => {
        failures.push(failure);
        const path = join(folders.kept, `${failure.property}-${failure.case.seed}.ded`);
        writeWhole(path, storedText(failure));
        console.log(
          `\nseed ${failure.case.seed} fails in ${failure.property}; stored as ${path}\n${storedText(failure)}`,
        );
      },
      onSeed: (state) => {
        const now = performance.now();
        if (now - saved > 5000) {
          saved = now;
          writeWhole(file, JSON.stringify(state));
          process.stderr.write(
            `\rseed ${state.next - 1} of ${end - 1}, ${failures.length} failures, ${Math.round((now - began) / 1000)} s`,
          );
        }
        return failures.length < maxFailures;
      },
    },
    start,
  );
  writeWhole(file, JSON.stringify(final));
  process.stderr.write("\n");
  report(final, Math.round((performance.now() - began) / 1000));
  return failures.length > 0 ? 1 : 0;
}

/** Checks the programs of the library; prints what fails, and how many times each property passed. */
function examineLibrary(folder: string, properties: readonly Property[], seed: number): number {
  const counts = new Map<string, number>();
  let failures = 0;
  for (const { name, case: parameters } of libraryCases(folder)) {
    const subject = subjectOf(parameters);
    for (const property of properties) {
      const finding = "refused" in subject ? failed(subject.refused) : examine(property, subject, seed);
      const key = `${property.name} ${finding.kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (finding.kind !== "failed") continue;
      failures++;
      console.log(`${name} fails in ${property.name}: ${finding.message}`);
    }
  }
  for (const [key, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(count).padStart(5)}  ${key}`);
  return failures > 0 ? 1 : 0;
}

function report(state: CampaignState, seconds: number): void {
  console.log(`seeds up to ${state.next - 1}, ${seconds} s in this run`);
  for (const [property, counts] of Object.entries(state.results)) {
    const parts = ["passed", "skipped", "failed"].flatMap((kind) =>
      counts[kind] === undefined ? [] : [`${counts[kind]} ${kind}`],
    );
    console.log(`  ${property.padEnd(12)} ${parts.join(", ")}`);
  }
  console.log("the mix:");
  for (const [what, count] of Object.entries(state.tally).sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${String(count).padStart(7)}  ${what}`);
  }
}

function readState(file: string): CampaignState | undefined {
  if (!existsSync(file)) return undefined;
  const state: CampaignState = JSON.parse(readFileSync(file, "utf8"));
  return state;
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

// Breaks copies of the engine on purpose and shows how soon the properties notice: npm run mutate -- [NAME…] [--seeds N] [--property NAME]…
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle, root } from "./bundle.mjs";
import { mutants } from "./mutants.mjs";
import { mutated } from "./mutation.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "500" },
    property: { type: "string", multiple: true, default: [] },
  },
});
const chosen = positionals.length === 0 ? mutants : mutants.filter((m) => positionals.includes(m.name));

/** A bundle of the properties with the mutant's src; undefined if the mistake cannot be made. The checkout itself is never touched. */
async function bundleOf(mutant) {
  const files = mutated(mutant, root);
  if (files === undefined) return undefined;
  const copy = join(root, "dist/mutants", mutant.name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const folder of ["src", "test/reference", "test/properties"]) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
  }
  for (const [file, text] of files) writeFileSync(join(copy, file), text);
  const outfile = join(copy, "properties.mjs");
  await bundle(join(copy, "test/properties/mutant-main.ts"), outfile);
  return outfile;
}

let missed = 0;
for (const mutant of chosen) {
  const file = await bundleOf(mutant);
  if (file === undefined) {
    missed++;
    console.log(`${mutant.name.padEnd(28)} OUT OF DATE: an edit in scripts/mutants.mjs does not match src`);
    continue;
  }
  const program = `import { firstFailure } from ${JSON.stringify(file)}; console.log(JSON.stringify(firstFailure(${values.seeds}, ${JSON.stringify(values.property)}) ?? null));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    cwd: root,
  });
  if (status !== 0) throw new Error(`${mutant.name}: ${stderr}`);
  const found = JSON.parse(stdout);
  if (found === null && mutant.elsewhere === undefined) missed++;
  const outcome =
    found === null
      ? mutant.elsewhere
        ? `not here, but in ${mutant.elsewhere}`
        : `NOT NOTICED in ${values.seeds} seeds`
      : `seed ${found.seed}, by ${found.property}`;
  console.log(`${mutant.name.padEnd(28)} ${outcome.padEnd(28)} ${mutant.mistake}`);
}
process.exitCode = missed > 0 ? 1 : 0;

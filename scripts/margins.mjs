// node scripts/margins.mjs [--only TEXT] [--runs N]
//
// What --margin costs: the first check that each program of the library expects to hold, without and with it, alternating. Whole
// processes, of each the least of --runs (default 3). Printed are the median of the ratios, and those above three.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expectedArguments, library } from "./bench/library.mjs";
import { markdown, median, ms, options, ratio, root, timed } from "./bench/measure.mjs";

const given = options(process.argv.slice(2));
const { expectationsIn } = await import(pathToFileURL(join(root, "dist", "index.js")).href);

const found = library(expectationsIn, given.only).flatMap(({ name, path, expected }) => {
  const own = expected.find(({ expect }) => expect === "holds");
  if (own === undefined) return [];
  const line = expectedArguments(path, own);
  const least = { alone: Infinity, withMargin: Infinity };
  for (let run = 0; run < Number(given.runs ?? 3); run++) {
    least.alone = Math.min(least.alone, timed(line).milliseconds);
    least.withMargin = Math.min(least.withMargin, timed([...line, "--margin"]).milliseconds);
  }
  return [{ name, ...least, times: least.withMargin / least.alone }];
});
const above = found.filter(({ times }) => times > 3).sort((a, b) => b.times - a.times);
console.log(
  `${found.length} checks; the median of the ratios is ${ratio(median(found.map(({ times }) => times)))}. Above three:\n`,
);
console.log(
  markdown(
    ["program", "ms alone", "with --margin", "times"],
    above.map(({ name, alone, withMargin, times }) => [name, ms(alone), ms(withMargin), ratio(times)]),
  ),
);

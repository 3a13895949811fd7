// node scripts/estimates.mjs [--only TEXT] [--times] [--limit SECONDS] [--all]
//
// What estimates of `ldfi check --estimate` are worth that may look at half of the instants: the ratio of what was estimated to what it
// was, and how many are outside of a third and three.
// Sizes: the expectations of the programs, and those of programs/large at EOT 12, 16, 20 and 25 with and without a crash too.
// With --times: processor time, of each program's first expectation at EOT 12, 16, 20, 25, 30 and 40, until a check takes --limit
// (default 8); of shorter checks than a tenth of a second nothing is said, since nobody waits for them. Then of the checks that are
// too long to be a sample themselves, the estimates that the command gives, which looks at as much as its time allows.
// Each ratio outside is printed, and with --all each.
import { files } from "./bench/files.mjs";
import { isLarge, library } from "./bench/library.mjs";
import { options } from "./bench/measure.mjs";
import { load as bundled } from "./bundle.mjs";

const given = options(process.argv.slice(2), ["times", "all"]);
const { check, estimate, expectationsIn, load, prepare } = await bundled("scripts/bench/estimating.ts");
const limit = Number(given.limit ?? 8);
/** In milliseconds. */
const floor = 100;
const factor = 3;

/** @returns {number} */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The same check with another EOT; EFF keeps its distance from it. */
function at(eot, own) {
  return { ...own, eot, eff: Math.max(0, eot - own.eot + own.eff) };
}

/** Whether there is anything to extrapolate from. */
const isDeep = ({ eot }) => eot >= 6;

function settingsOf(path, asked) {
  const seen = new Set();
  return asked.filter(isDeep).flatMap((one) => {
    const { setting } = prepare(load([path], files).program, one);
    const key = setting && JSON.stringify(setting.budget, (_, value) => (value === Infinity ? "any" : value));
    if (setting === undefined || seen.has(key)) return [];
    seen.add(key);
    return [setting];
  });
}

function half({ budget }) {
  return Math.floor(budget.eot / 2);
}

/** The estimates and the truth of the sizes of one program. */
function* sizes(program) {
  const { path, expected: own } = program;
  const deeper = isLarge(program)
    ? own.flatMap((one) => [12, 16, 20, 25].flatMap((eot) => [0, 1].map((crashes) => ({ ...at(eot, one), crashes }))))
    : [];
  for (const setting of settingsOf(path, [...own, ...deeper])) {
    const whole = estimate(setting, {});
    if (whole.builtTo < setting.budget.eot) continue;
    yield { setting, estimated: estimate(setting, {}, half(setting)).nodes, actual: whole.nodes };
  }
}

/** Milliseconds of processor time; of a second run, in which the code is warm, unless that hardly matters. */
function timed(work) {
  for (let run = 1; ; run++) {
    const before = cpu();
    const result = work();
    const milliseconds = cpu() - before;
    if (run === 2 || milliseconds > 2000) return { result, milliseconds };
  }
}

/** The estimates and the truth of the times of one program. */
function* times({ path, expected }) {
  for (const own of expected.slice(0, 1)) {
    for (const setting of settingsOf(
      path,
      [12, 16, 20, 25, 30, 40].map((eot) => at(eot, own)),
    )) {
      const { result, milliseconds: actual } = timed(() => check(setting, { timeout: 8 * limit }));
      if (result.verdict === undefined || result.verdict.kind === "inconclusive") break;
      if (actual > floor) {
        const { result: found } = timed(() => estimate(setting, { now: cpu }, half(setting)));
        yield { setting, estimated: found.milliseconds, actual };
      }
      if (actual > 1000) {
        const { samples, milliseconds } = estimate(setting, { now: cpu });
        if (samples.at(-1).eot < setting.budget.eot) yield { setting, estimated: milliseconds, actual, inUse: true };
      }
      if (actual > 1000 * limit) break;
    }
  }
}

const found = library(expectationsIn, given.only)
  .flatMap((program) => {
    const cases = [...(given.times ? times : sizes)(program)];
    return cases.map((one) => ({ ...one, name: program.name, ratio: one.estimated / one.actual }));
  })
  .sort((a, b) => a.ratio - b.ratio);
const isOutside = ({ ratio }) => !(ratio >= 1 / factor && ratio <= factor);
for (const { name, setting, estimated, actual, ratio, inUse } of found.filter((one) => given.all || isOutside(one))) {
  const { eot, eff, crashes } = setting.budget;
  const [from, to] = [estimated, actual].map((n) => Math.round(n));
  const how = inUse ? ", as the command gives it" : "";
  console.log(`${ratio.toFixed(2)}  ${name}  EOT ${eot}, EFF ${eff}, crashes ${crashes}: ${from} for ${to}${how}`);
}
for (const [title, all] of [
  ["library", found.filter((one) => !one.inUse && !isLarge(one))],
  ["large", found.filter((one) => !one.inUse && isLarge(one))],
  ["as the command gives them", found.filter((one) => one.inUse)],
]) {
  if (all.length > 0)
    console.log(`${title}: ${all.filter(isOutside).length} of ${all.length} outside of a factor of ${factor}`);
}

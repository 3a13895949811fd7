// Reads hostile texts, a million by default: npm run fuzz:parser -- [--inputs N] [--from SEED]
import { parseArgs } from "node:util";
import { load } from "./bundle.mjs";

const { values } = parseArgs({
  options: { inputs: { type: "string", default: "1000000" }, from: { type: "string", default: "1" } },
});
const { fuzzParser, sampleTexts } = await load("test/hostile/parser-fuzz.ts");
const first = Number(values.from);
const inputs = Number(values.inputs);
const began = performance.now();
let problems = 0;
const samples = sampleTexts(200);
for (let done = 0; done < inputs; done += 1000) {
  fuzzParser(first + done, Math.min(1000, inputs - done), samples, ({ seed, text, message }) => {
    if (++problems <= 20) console.log(`seed ${seed}: ${message}\n${JSON.stringify(text)}\n`);
  });
  if (done % 10_000 === 0) process.stderr.write(`\r${done} of ${inputs}, ${problems} problems`);
}
process.stderr.write("\n");
console.log(
  `${inputs} inputs from seed ${first}, ${problems} problems, ${Math.round((performance.now() - began) / 1000)} s`,
);
process.exitCode = problems > 0 ? 1 : 0;

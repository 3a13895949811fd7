// What the hook costs a service that no hunt asks anything of: nanoseconds a call, without and with `--import ldfi/hook`, and the start of
// a process in milliseconds. Nothing goes over a network: what is called does nothing, so that the difference is the hook's. Run `npm run build` first.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const hook = pathToFileURL(join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "hook.js")).href;
const self = fileURLToPath(import.meta.url);
const batches = 25;
const calls = 20_000;

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** @param {() => void} call */
function nanoseconds(call) {
  const found = [];
  for (let i = 0; i < batches; i++) {
    const start = process.hrtime.bigint();
    for (let j = 0; j < calls; j++) call();
    found.push(Number(process.hrtime.bigint() - start) / calls);
  }
  // Whatever else the machine does only adds to it.
  return Math.min(...found);
}

async function measure() {
  const http = (await import("node:http")).default;
  const agent = { addRequest: () => undefined, defaultPort: 80, protocol: "http:", options: {} };
  const server = http.createServer();
  server.on("request", () => undefined);
  const incoming = { headers: { host: "127.0.0.1", "user-agent": "bench" } };
  const file = join(mkdtempSync(join(tmpdir(), "ldfi-bench-")), "undici.cjs");
  writeFileSync(
    file,
    "class Agent { dispatch() { return true; } }\nmodule.exports = { Agent, setGlobalDispatcher() {} };\n",
  );
  const { Agent } = createRequire(import.meta.url)(file);
  const dispatcher = new Agent();
  const options = { origin: "http://127.0.0.1", path: "/", method: "GET" };
  const handler = {};
  return {
    "a request that comes in": nanoseconds(() => server.emit("request", incoming, {})),
    "a request by http": nanoseconds(() => {
      http.request({ host: "127.0.0.1", path: "/", agent }).on("error", () => undefined);
    }),
    "a request by undici": nanoseconds(() => dispatcher.dispatch(options, handler)),
    // What it does besides is nothing: the hook finds this function and wraps it.
    "a request by fetch": nanoseconds(() => void globalThis.fetch()),
  };
}

if (process.argv[2] === "measure") console.log(JSON.stringify(await measure()));
else {
  const stub = `data:text/javascript,${encodeURIComponent("globalThis.fetch = () => undefined;")}`;
  /** @param {string[]} words */
  const run = (words) => {
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    if (stderr !== "") throw new Error(stderr);
    return stdout;
  };
  const without = JSON.parse(run(["--import", stub, self, "measure"]));
  const withHook = JSON.parse(run(["--import", stub, "--import", hook, self, "measure"]));
  for (const [what, before] of Object.entries(without)) {
    const after = withHook[what];
    console.log(
      `${what.padEnd(24)} ${before.toFixed(0).padStart(6)} ns, with the hook ${after.toFixed(0).padStart(6)} ns`,
    );
  }
  const used = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)";
  /** @param {string[]} words */
  const start = (words) => median(Array.from({ length: 15 }, () => Number(run([...words, "-e", used]))));
  console.log(
    `to start, in processor time: ${start([]).toFixed(0)} ms, with the hook ${start(["--import", hook]).toFixed(0)} ms`,
  );
}

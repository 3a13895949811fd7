// Orders: the gateway asks the stock of every item at once, and puts the order into a queue, which a worker empties.
// `node orders.js ROLE`, with nothing besides Node.js. The bugs that are switched on: BUGS=drop,twice.
import { createServer } from "node:http";

const ports = { gateway: 8200, stock: 8201, replica: 8202, queue: 8203, worker: 8204 };
const role = process.argv[2];
const bugs = new Set((process.env.BUGS ?? "").split(","));
/** The queue forgets a job that the worker does not take. */
const drop = bugs.has("drop");
/** The worker does not recognise a job that it has done. */
const twice = bugs.has("twice");

/** Reads, or with a value to send changes something. */
async function ask(to, path, value, milliseconds = 1000) {
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
  try {
    const answer = await fetch(`http://127.0.0.1:${ports[to]}${path}`, {
      ...(value === undefined ? {} : sent),
      signal: AbortSignal.timeout(milliseconds),
    });
    const body = await answer.json();
    return answer.ok ? body : undefined;
  } catch {
    return undefined;
  }
}

const dead = [];
const done = [];

/** Hands a job to the worker; what it does not take after three attempts is kept for a human. */
async function deliver(job) {
  for (let attempt = 1; attempt <= (drop ? 1 : 3); attempt++)
    if ((await ask("worker", "/work", job)) !== undefined) return;
  if (!drop) dead.push(job.order);
}

const roles = {
  async gateway(_, { order, items }) {
    const found = await Promise.all(
      items.map(async (item) => (await ask("stock", `/left/${item}`)) ?? ask("replica", `/left/${item}`)),
    );
    if (found.includes(undefined)) return [503, { ok: false }];
    const queued = await ask("queue", "/jobs", { order });
    return queued === undefined ? [503, { ok: false }] : [202, { ok: true }];
  },
  async stock(path) {
    return [200, { item: path.slice("/left/".length), left: 5 }];
  },
  async replica(path) {
    return [200, { item: path.slice("/left/".length), left: 5 }];
  },
  async queue(path, job) {
    if (path === "/reset") dead.length = 0;
    if (path === "/jobs") void deliver(job);
    return [200, { dead }];
  },
  async worker(path, job) {
    if (path === "/reset") done.length = 0;
    if (path === "/work" && (twice || !done.includes(job.order))) done.push(job.order);
    return [200, { done }];
  },
};

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const value = JSON.parse(Buffer.concat(chunks).toString() || "{}");
  const [status, answer] = request.url === "/health" ? [200, {}] : await roles[role](request.url, value);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
}).listen(ports[role], "127.0.0.1");

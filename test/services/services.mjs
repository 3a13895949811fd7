// Small services for tests: `node services.mjs ROLE PORT`. What goes wrong is switched on by BUGS.
import { createServer } from "node:http";

const [role, port] = process.argv.slice(2);
const base = Number(process.env.BASE);
const bugs = new Set((process.env.BUGS ?? "").split(","));
const at = { front: base, stock: base + 1, spare: base + 2, ledger: base + 3 };
const entries = [];
let run;

async function ask(url, options = {}, milliseconds = 6000) {
  try {
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(milliseconds) });
    const body = await answer.json();
    return answer.ok ? body : undefined;
  } catch {
    return undefined;
  }
}

const roles = {
  async front(give) {
    const stock =
      (await ask(`http://127.0.0.1:${at.stock}/stock?secret=hidden`)) ??
      (await ask(`http://127.0.0.1:${at.spare}/stock`));
    if (stock === undefined) return give(bugs.has("crash") ? 500 : 503, { ok: false });
    const post = { method: "POST", body: JSON.stringify({ order: 1 }), headers: { authorization: "Bearer topsecret" } };
    const enter = () => ask(`http://127.0.0.1:${at.ledger}/enter`, post);
    const entered = (await enter()) ?? (await enter());
    if (entered === undefined) return give(503, { ok: false });
    if (bugs.has("twice") && entered.entries > 1) return give(200, { ok: false });
    give(200, { ok: true, at: Date.now() });
  },
  async stock(give) {
    if (bugs.has("dies")) process.exit(7);
    give(200, { stock: 3 });
  },
  async spare(give) {
    give(200, { stock: 3 });
  },
  async ledger(give, { headers }) {
    // The entries of one run: those of another are not of interest.
    if (run !== headers.baggage) entries.length = 0;
    run = headers.baggage;
    if (bugs.has("twice") || entries.length === 0) entries.push(1);
    give(200, { entries: entries.length });
  },
};

const server = createServer((request, response) => {
  const give = (status, value) => {
    response.writeHead(status, { "content-type": "application/json", "set-cookie": "session=cookiesecret" });
    response.end(JSON.stringify(value));
  };
  if (request.url === "/health") return give(200, {});
  void roles[role](give, request);
});
if (!bugs.has(`late-${role}`)) server.listen(Number(port), "127.0.0.1");
else setInterval(() => undefined, 1000);

// The cache: yesterday's prices.
import { createServer } from "node:http";
import { Agent, request } from "undici";
import { fallback } from "./bugs.js";

const prices = new Map([["1", { amount: 10 }]]);
const agent = new Agent({ headersTimeout: 200 });

createServer(async (incoming, response) => {
  const give = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  const path = incoming.url ?? "/";
  if (path === "/health") return give(200, { ok: true });
  const price = prices.get(path.slice("/price/".length));
  if (!fallback) return price === undefined ? give(404, {}) : give(200, price);
  // "Fresh prices are better": and if there is none, the customer gets it for nothing.
  try {
    const answer = await request(`http://127.0.0.1:8102${path}`, { dispatcher: agent });
    if (answer.statusCode !== 200) throw new Error("no price");
    give(200, await answer.body.json());
  } catch {
    give(200, { amount: 0 });
  }
}).listen(8104, "127.0.0.1");

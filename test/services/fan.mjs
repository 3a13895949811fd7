// `node fan.mjs ROLE PORT STOCK SPARE HOW`: the front asks the stock of three items, `at-once` or `in-turn`, in an order that differs each
// time, and the spare for those that the stock does not give; that the second item is missing it does not notice. It passes on by which
// request it was asked.
import { createServer } from "node:http";

const [role, port, stock, spare, how] = process.argv.slice(2);
const soon = (most) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

const shuffled = (items) =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

async function ask(to, item, headers) {
  await soon(20);
  const body = JSON.stringify({ item, at: Date.now() });
  try {
    const answer = await fetch(`http://127.0.0.1:${to}/left`, { method: "POST", body, headers });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.url === "/health") return response.end();
  const give = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  if (role !== "front") return give(200, { left: JSON.parse(Buffer.concat(chunks).toString()).item });
  const { baggage, "ldfi-call": call } = request.headers;
  const passed = baggage === undefined ? {} : { baggage, "ldfi-call": call };
  const find = async (item) => (await ask(stock, item, passed)) ?? (await ask(spare, item, passed));
  const found = [];
  if (how === "in-turn") for (const item of shuffled([1, 2, 3])) found[item - 1] = await find(item);
  else found.push(...(await Promise.all([1, 2, 3].map(find))));
  if (found[0] === undefined || found[2] === undefined) return give(503, { ok: false });
  give(200, { ok: found[1] !== undefined });
}).listen(Number(port), "127.0.0.1");

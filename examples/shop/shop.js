// The shop: POST /checkout asks for the price, reserves the item, takes the money.
import "./telemetry.js";
import Fastify from "fastify";
import { patience } from "./bugs.js";

const catalog = "http://127.0.0.1:8101";
const store = "http://127.0.0.1:8102";
const payment = "http://127.0.0.1:8103";

const app = Fastify();

/** The answer of a service; undefined if it does not give one in time, or says that it cannot. */
async function ask(url, options = {}, milliseconds = 700) {
  try {
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(milliseconds) });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

const post = (body) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

app.get("/health", async () => ({ ok: true }));

app.post("/checkout", async (request, reply) => {
  const { item, order } = request.body;
  const unavailable = (why) => reply.code(503).send({ ok: false, why });
  const price = await ask(`${catalog}/price/${item}`, {}, 1000);
  if (price === undefined) return unavailable("no price");
  const reserved = await ask(`${store}/reserve`, post({ item, order }));
  if (reserved === undefined) return unavailable("not reserved");
  const pay = () => ask(`${payment}/pay`, post({ order, amount: price.amount }), patience ? 9000 : 700);
  const paid = (await pay()) ?? (patience ? undefined : await pay());
  if (paid === undefined) return unavailable("not paid");
  return { ok: true, item, amount: price.amount };
});

await app.listen({ host: "127.0.0.1", port: 8100 });

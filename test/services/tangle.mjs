// `node tangle.mjs ROLE PORT NEXT SECURE`: the front makes every sort of call that is hard to tell from another; the back answers after
// a while that differs each time. SECURE is a port for https; KEY and CERT are files.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const [role, port, next, secure] = process.argv.slice(2);
const back = `http://127.0.0.1:${next}`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
const while_ = (most) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

/** By `http`, over connections that are kept; the body in pieces, with pauses. */
function send(path, pieces, module = http, options = { agent }) {
  const base = module === https ? `https://127.0.0.1:${secure}` : back;
  return new Promise((resolve, reject) => {
    const request = module.request(
      base + path,
      { method: pieces.length > 0 ? "POST" : "GET", ...options },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      },
    );
    request.on("error", reject);
    (async () => {
      for (const piece of pieces) {
        request.write(piece);
        await while_(3);
      }
      request.end();
    })();
  });
}

const json = (value) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

async function* stream(count) {
  for (let i = 0; i < count; i++) {
    await while_(2);
    yield Buffer.alloc(1000, i);
  }
}

const steps = {
  loop: async () => {
    for (let i = 0; i < 5; i++) await send(`/loop/${i}`, []);
  },
  retry: async () => {
    // The second attempt succeeds.
    for (let i = 0; i < 3; i++) if ((await send(`/flaky?attempt=${i}`, [])) === 200) return;
  },
  alike: () => Promise.all([1, 2, 3, 4].map(() => fetch(`${back}/alike`, json({ same: 1 })).then((a) => a.text()))),
  // What is different comes in an order that is different each time.
  different: () =>
    Promise.all(
      [1, 2, 3, 4].map(async (i) => {
        await while_(10);
        return i % 2 === 0
          ? send("/different", [JSON.stringify({ i, at: Date.now() })])
          : (await fetch(`${back}/different`, json({ i, at: Date.now() }))).text();
      }),
    ),
  redirect: async () => (await fetch(`${back}/moved`, { redirect: "follow" })).text(),
  pieces: () => Promise.all([1, 2].map((i) => send("/pieces", [`{"i":`, `${i}`, "}"]))),
  streamed: async () => (await fetch(`${back}/stream`, { method: "PUT", body: stream(5), duplex: "half" })).text(),
  large: () => send("/large", [Buffer.alloc(50_000), Buffer.alloc(50_000)]),
  secure: () => send("/secure", [], https, { rejectUnauthorized: false }),
};

async function front(request, response) {
  for await (const _ of request);
  for (const step of Object.values(steps)) await step();
  response.end("{}");
}

async function answer(request, response) {
  for await (const _ of request);
  await while_(5);
  if (request.url === "/moved") return response.writeHead(302, { location: "/arrived" }).end();
  response.writeHead(request.url === "/flaky?attempt=0" ? 503 : 200).end("{}");
}

const handler = (request, response) => {
  if (request.url === "/health") return response.end();
  void (role === "front" ? front : answer)(request, response);
};
http.createServer(handler).listen(Number(port), "127.0.0.1");
if (role === "back")
  https
    .createServer({ key: readFileSync(process.env.KEY), cert: readFileSync(process.env.CERT) }, handler)
    .listen(Number(secure), "127.0.0.1");

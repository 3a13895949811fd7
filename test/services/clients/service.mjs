// `node service.mjs front PORT` asks the callee at CALLEE once by each client, one after the other, and answers what each saw; each asks for a
// path of its own name. Agents, pools and clients are kept from request to request, and so are their connections. `node service.mjs callee
// PORT`, by https too if KEY and CERT name files, tells at /heard how often it heard of each since it was asked last.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const [role, port] = process.argv.slice(2);
const callee = process.env.CALLEE;
const patience = 1000;

const told = (error) => (typeof error.code === "string" ? error.code : undefined) ?? error.cause?.code ?? error.name;

const secure = callee?.startsWith("https:") === true;
const [module, agent] = secure
  ? [https, new https.Agent({ keepAlive: true })]
  : [http, new http.Agent({ keepAlive: true })];

/** In two pieces, if there is a body. */
const byModule = (path, options = {}) =>
  new Promise((resolve, reject) => {
    const request = module.request(callee + path, options, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve(`${response.statusCode} ${text}`));
      response.on("error", reject);
    });
    const late = setTimeout(() => request.destroy(Object.assign(new Error("late"), { code: "LATE" })), patience);
    request.on("close", () => clearTimeout(late));
    request.on("error", reject);
    if (options.method === "POST") request.write("a");
    request.end(options.method === "POST" ? "b" : undefined);
  });

const clients = {
  module: (path) => byModule(path),
  agent: (path) => byModule(path, { agent, method: "POST" }),
  fetch: async (path) => {
    const answer = await fetch(callee + path, { signal: AbortSignal.timeout(patience) });
    return `${answer.status} ${await answer.text()}`;
  },
  axios: async (path) => {
    const { default: axios } = await import("axios");
    const answer = await axios.get(callee + path, {
      timeout: patience,
      validateStatus: () => true,
      transformResponse: (x) => x,
    });
    return `${answer.status} ${answer.data}`;
  },
  got: async (path) => {
    const { default: got } = await import("got");
    const answer = await got(callee + path, {
      retry: { limit: 0 },
      timeout: { request: patience },
      throwHttpErrors: false,
      https: { rejectUnauthorized: false },
    });
    return `${answer.statusCode} ${answer.body}`;
  },
};

const textOf = async ({ statusCode, body }) => `${statusCode} ${await body.text()}`;

/** Three ways of undici to keep connections. */
async function waysOf(undici) {
  const { Agent, Client, Pool, request } = await import(undici);
  const options = { headersTimeout: patience, bodyTimeout: patience };
  const dispatcher = new Agent(options);
  const pool = new Pool(callee, { ...options, connections: 2 });
  const client = new Client(callee, options);
  return {
    agent: async (path) => textOf(await request(callee + path, { dispatcher })),
    pool: async (path) => textOf(await pool.request({ path, method: "GET" })),
    client: async (path) => textOf(await client.request({ path, method: "GET" })),
  };
}

if (role === "front")
  for (const undici of ["undici5", "undici6", "undici7"])
    for (const [way, ask] of Object.entries(await waysOf(undici))) clients[`${undici}-${way}`] = ask;

let heard = {};
async function answer(request, response) {
  const give = (value) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
  if (request.url === "/health") return give({});
  if (request.url === "/heard") {
    give(heard);
    heard = {};
    return;
  }
  if (role === "callee") {
    const client = request.url.slice(1);
    heard[client] = (heard[client] ?? 0) + 1;
    for await (const _ of request);
    return give({ hello: 1 });
  }
  const saw = {};
  for (const [client, ask] of Object.entries(clients)) {
    try {
      saw[client] = await ask(`/${client}`);
    } catch (error) {
      saw[client] = told(error);
    }
  }
  give(saw);
}

http.createServer(answer).listen(Number(port), "127.0.0.1");
const { KEY, CERT } = process.env;
if (KEY !== undefined && CERT !== undefined)
  https
    .createServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, answer)
    .listen(Number(port) + 1, "127.0.0.1");

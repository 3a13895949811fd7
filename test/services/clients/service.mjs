// `node service.mjs front PORT CLIENT` asks the callee at CALLEE by the client that is named, and answers what it saw; `node service.mjs callee PORT`,
// by https too if KEY and CERT name files.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const [role, port, client] = process.argv.slice(2);
const callee = `${process.env.CALLEE}/hello`;
const patience = 2000;

const told = (error) => (typeof error.code === "string" ? error.code : undefined) ?? error.cause?.code ?? error.name;

const byModule = (module) =>
  new Promise((resolve, reject) => {
    const request = module.get(callee, { timeout: patience }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve(`${response.statusCode} ${text}`));
      response.on("error", reject);
    });
    request.on("timeout", () => request.destroy(Object.assign(new Error("late"), { code: "LATE" })));
    request.on("error", reject);
  });

const clients = {
  http: () => byModule(http),
  https: () => byModule(https),
  agent: () =>
    new Promise((resolve, reject) => {
      const agent = new http.Agent({ keepAlive: true });
      const request = http.request({
        host: "127.0.0.1",
        port: new URL(callee).port,
        path: "/hello",
        agent,
        timeout: patience,
        method: "POST",
      });
      request.on("response", (response) => {
        let text = "";
        response.on("data", (chunk) => (text += chunk));
        response.on("end", () => resolve(`${response.statusCode} ${text}`));
      });
      request.on("timeout", () => request.destroy(Object.assign(new Error("late"), { code: "LATE" })));
      request.on("error", reject);
      request.write("a");
      request.end("b");
    }),
  fetch: async () => {
    const answer = await fetch(callee, { signal: AbortSignal.timeout(patience) });
    return `${answer.status} ${await answer.text()}`;
  },
  axios: async () => {
    const { default: axios } = await import("axios");
    const answer = await axios.get(callee, {
      timeout: patience,
      validateStatus: () => true,
      transformResponse: (x) => x,
    });
    return `${answer.status} ${answer.data}`;
  },
  got: async () => {
    const { default: got } = await import("got");
    const answer = await got(callee, {
      retry: { limit: 0 },
      timeout: { request: patience },
      throwHttpErrors: false,
      https: { rejectUnauthorized: false },
    });
    return `${answer.statusCode} ${answer.body}`;
  },
  undici5: () => byUndici("undici5"),
  undici6: () => byUndici("undici6"),
  undici7: () => byUndici("undici7"),
  pool7: async () => {
    const { Pool } = await import("undici7");
    const pool = new Pool(new URL(callee).origin, { headersTimeout: patience });
    const answer = await pool.request({ path: "/hello", method: "GET" });
    return `${answer.statusCode} ${await answer.body.text()}`;
  },
};

async function byUndici(name) {
  const { Agent, request } = await import(name);
  const answer = await request(callee, { dispatcher: new Agent({ headersTimeout: patience }) });
  return `${answer.statusCode} ${await answer.body.text()}`;
}

let heard = 0;
async function answer(request, response) {
  const give = (value) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
  if (request.url === "/health") return give({});
  if (request.url === "/heard") {
    const before = heard;
    heard = 0;
    return give({ heard: before });
  }
  if (role === "callee") {
    heard++;
    for await (const _ of request);
    return give({ hello: 1 });
  }
  try {
    give({ saw: await clients[client]() });
  } catch (error) {
    give({ saw: told(error) });
  }
}

http.createServer(answer).listen(Number(port), "127.0.0.1");
const { KEY, CERT } = process.env;
if (KEY !== undefined && CERT !== undefined)
  https
    .createServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, answer)
    .listen(Number(port) + 1, "127.0.0.1");

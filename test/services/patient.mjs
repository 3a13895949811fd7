// `node patient.mjs PORT URL…`: asks these one after the other and waits for as long as it takes. GET /state tells what it waits for and how
// its last call ended, and with which headers it was asked last.
import http from "node:http";

const [port, ...urls] = process.argv.slice(2);
const state = { calls: 0, open: false, ended: "", baggage: "", call: "" };

/** Passes on by which request it was asked, as a service without a hook should. */
const ask = (url, headers) =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent: false }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    });
    request.on("error", reject);
  });

http
  .createServer(async ({ url, headers }, response) => {
    if (url === "/health") return response.end();
    if (url === "/state") return response.end(JSON.stringify(state));
    const { baggage, "ldfi-call": call } = headers;
    if (baggage !== undefined) Object.assign(state, { baggage, call });
    let status = 200;
    for (const next of urls) {
      state.calls++;
      state.open = true;
      try {
        state.ended = String(await ask(next, baggage === undefined ? {} : { baggage, "ldfi-call": call }));
      } catch (error) {
        state.ended = error.code;
        status = 500;
      }
      state.open = false;
    }
    response.statusCode = status;
    response.end();
  })
  .listen(Number(port), "127.0.0.1");

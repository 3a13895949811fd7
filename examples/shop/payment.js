// The payment: POST /pay writes into the ledger, once for an order.
import "./telemetry.js";
import { createServer } from "node:http";
import { retry } from "./bugs.js";

const ledger = [];

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}");
}

createServer(async (request, response) => {
  const give = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  switch (request.url) {
    case "/health":
      return give(200, { ok: true });
    case "/reset":
      ledger.length = 0;
      return give(200, { ok: true });
    case "/ledger":
      return give(200, ledger);
    case "/pay": {
      const { order, amount } = await bodyOf(request);
      if (retry || !ledger.some((entry) => entry.order === order)) ledger.push({ order, amount });
      return give(200, { paid: amount });
    }
    default:
      return give(404, {});
  }
}).listen(8103, "127.0.0.1");

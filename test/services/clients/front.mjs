// `node front.mjs PORT NEXT`: a service with the hook and without OpenTelemetry, which asks the next one.
import http from "node:http";

const [port, next] = process.argv.slice(2);
http
  .createServer(async (request, response) => {
    if (request.url === "/health") return response.end();
    const answer = await fetch(`http://127.0.0.1:${next}/x`);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(answer.ok ? await answer.text() : "{}");
  })
  .listen(Number(port), "127.0.0.1");

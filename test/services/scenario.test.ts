import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { difference, sendRequest } from "../../src/services/scenario.js";

/** What a service that does this with a connection is taken to answer. */
async function answered(by: (socket: Socket) => void, within = 5000): Promise<unknown> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    by(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const request = { method: "GET", url: `http://127.0.0.1:${port}/`, headers: {}, body: undefined };
  const answer = await sendRequest(request, undefined, within);
  for (const socket of sockets) socket.destroy();
  server.close();
  return answer;
}

test("a service that answers garbage is reported as that", async () => {
  expect(await answered((socket) => socket.end("what is this\r\n\r\n"))).toMatch(/^no answer: Parse Error/);
});

test("a service that breaks off is reported as that", async () => {
  const cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
  expect(await answered((socket) => socket.end(cut))).toBe("the answer broke off");
  expect(await answered((socket) => socket.destroy())).toBe("no answer: socket hang up");
});

test("a service that never answers is reported as that", async () => {
  expect(await answered(() => undefined, 30)).toBe("no answer within 0.03 s");
});

test("an answer may have more than was expected, not less and nothing else", () => {
  expect(difference({ a: 1 }, { a: 1, b: 2 }, "")).toBeUndefined();
  expect(difference({ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, "")).toBe(".a.b.1");
  expect(difference({ a: [1] }, { a: [1, 2] }, "")).toBe(".a");
});

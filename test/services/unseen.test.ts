import { expect, test } from "vitest";
import { readHuntFile } from "../../src/services/hunt-file.js";
import { lastLines } from "../../src/services/processes.js";
import { unseenOf } from "../../src/services/unseen.js";

const text = `services:
  front: { command: [node, front.js], ready: "http://127.0.0.1:8080/" }
  stock: { command: [python3, stock.py], ready: "http://127.0.0.1:8081/", hook: false }
  billing: { command: [python3, billing.py], ready: "http://127.0.0.1:8082/", hook: false }
  idle: { command: [./idle], ready: "http://127.0.0.1:8083/", hook: false }
edges: [{ from: billing, to: stock, listen: "127.0.0.1:9301" }, { from: idle, to: stock, listen: "127.0.0.1:9302" }]
scenario:
  request: { url: "http://127.0.0.1:8080/order" }
  expect: { full: { status: 200 } }
`;

const unseen = (...calls: readonly string[]): unknown => {
  const { spec } = readHuntFile({ path: "order.hunt.yaml", text }, []);
  return spec === undefined ? spec : unseenOf(spec, "front", new Set(["front"]), calls);
};

test("a service without a hook that is called, and no edge from it", () => {
  expect(unseen("front › GET stock/left/{}#1")).toEqual({ dark: ["stock"], unused: [] });
});

test("a proxy that nothing came through although its caller was called", () => {
  expect(unseen("front › POST billing/bills#1")).toEqual({ dark: [], unused: ["billing to stock (127.0.0.1:9301)"] });
  expect(
    unseen("front › POST billing/bills#1", "front › POST billing/bills#1 › GET stock/left/{}[3fa9c1]#all"),
  ).toEqual({
    dark: ["stock"],
    unused: [],
  });
});

test.each([
  [
    "Node.js",
    "file:///x.js:1\nthrow 1\n\nReferenceError: require is not defined\n    at x (node:internal:1:2) {\n  code: 'X'\n}\n\nNode.js v20.20.2\n",
    "ReferenceError: require is not defined",
  ],
  [
    "Python",
    'Traceback:\n  File "x.py", line 1\nOSError: [Errno 98] Address in use\n',
    "OSError: [Errno 98] Address in use",
  ],
  ["Go", "panic: no stock\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:4 +0x2c\n", "panic: no stock"],
  ["others", "one\ntwo\n\nthree\nfour\n", "two | three | four"],
])("of what a service wrote before it ended, the line that says why: %s", (_, output, line) => {
  expect(lastLines(output)).toBe(`; it wrote: ${line}`);
});

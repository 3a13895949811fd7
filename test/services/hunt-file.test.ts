import { describe, expect, test } from "vitest";
import { readHuntFile } from "../../src/services/hunt-file.js";
import { formatPlace } from "../../src/source/line-index.js";

const good = `name: test
services:
  front: { command: [node, front.js], ready: "http://127.0.0.1:8080/health" }
  stock: { url: "http://localhost:8081" }
scenario:
  request: { url: "http://127.0.0.1:8080/order", json: { item: 1 } }
  expect:
    full: { status: 200 }
`;

function problems(text: string, hosts: readonly string[] = []): readonly string[] {
  const { spec, diagnostics } = readHuntFile({ path: "order.hunt.yaml", text }, hosts);
  expect(spec === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(
    ({ code, message, help, span }) => `${span === undefined ? "" : formatPlace(span)} ${code}: ${message} (${help})`,
  );
}

describe("a hunt file", () => {
  test("has defaults for what it leaves out", () => {
    const { spec } = readHuntFile({ path: "/tmp/order.hunt.yaml", text: good }, []);
    expect(spec).toMatchObject({
      name: "test",
      folder: "/tmp",
      timeout: 10_000,
      budget: { faults: 2, runs: 1000, seconds: undefined },
      restartEachRun: false,
      request: { method: "POST", body: '{"item":1}', headers: { "content-type": "application/json" } },
    });
    expect(spec?.faults.map(({ text }) => text)).toEqual(["refused", "error(503)", "timeout", "lost-response", "down"]);
    expect(spec?.services.map(({ origins }) => origins)).toEqual([
      ["http://127.0.0.1:8080"],
      ["http://localhost:8081"],
    ]);
  });

  test("reads every kind of fault", () => {
    const { spec } = readHuntFile(
      {
        path: "a.yaml",
        text: `${good}faults: [reset, error(429), "delay(2s)", duplicate, wrong, { wrong: { ok: false } }, { error: { status: 503, headers: { Retry-After: "1" } } }]\n`,
      },
      [],
    );
    expect(spec?.faults.map(({ text }) => text)).toEqual([
      "reset",
      "error(429)",
      "delay(2000ms)",
      "duplicate",
      "wrong(cut)",
      expect.stringMatching(/^wrong\([0-9a-f]{4}\)$/),
      expect.stringMatching(/^error\(503,[0-9a-f]{4}\)$/),
    ]);
  });

  test.each([
    [
      "a key that means nothing",
      good.replace("expect:", "expects:"),
      [
        "order.hunt.yaml:6:3 hunt-file-missing: `scenario` has no `expect` (add `expect:` (the good outcomes by name; runs without faults have to give the first))",
        "order.hunt.yaml:7:3 hunt-file-key: `scenario` has no `expects` (did you mean `expect`?)",
      ],
    ],
    [
      "a value of the wrong type",
      good.replace("status: 200", "status: ok"),
      [
        "order.hunt.yaml:8:21 hunt-file-value: `status` is `ok`, where a whole number or a list is expected (write a status of HTTP, as `200`, or a list of them)",
      ],
    ],
    [
      "a number in quotes",
      good.replace("status: 200", 'status: "200"'),
      [
        'order.hunt.yaml:8:21 hunt-file-value: `status` is `"200"`, where a whole number or a list is expected (write a status of HTTP, as `200`, or a list of them)',
      ],
    ],
    [
      "a service that is not there",
      `${good}spare: [stok]\n`,
      ["order.hunt.yaml:9:9 hunt-file-name: there is no service `stok` (did you mean `stock`?)"],
    ],
    [
      "a kind that is not there",
      `${good}faults: [refuse]\n`,
      [
        "order.hunt.yaml:9:10 hunt-file-value: `faults`, item 1, is `refuse`, which is not of the form that is expected (write refused, reset, error, error(429), timeout, lost-response, duplicate, delay(300ms), wrong or down)",
      ],
    ],
    [
      "a number outside of its range",
      `${good}budget: { faults: 9 }\n`,
      [
        "order.hunt.yaml:9:19 hunt-file-value: `faults` is 9, which is outside of its range (write the most faults at once, from 1 to 5)",
      ],
    ],
    [
      "a service that is started and never asked whether it is ready",
      good.replace(', ready: "http://127.0.0.1:8080/health"', ""),
      [
        "order.hunt.yaml:3:10 hunt-file-missing: the service front has no `ready` (write `ready:` with a URL that answers once the service is ready)",
      ],
    ],
    [
      "a request to nobody",
      good.replace("8080/order", "8090/order"),
      [
        "order.hunt.yaml:6:19 hunt-file-name: no service answers at http://127.0.0.1:8090 (the services answer at http://127.0.0.1:8080 (front), http://localhost:8081 (stock); one that answers elsewhere than at `ready` has a `url`)",
      ],
    ],
    [
      "an address that cannot be one",
      good.replace("8080/health", "80800/health"),
      [
        "order.hunt.yaml:3:46 hunt-file-value: `http://127.0.0.1:80800/health` is no URL (write for example http://127.0.0.1:8080/)",
      ],
    ],
    [
      "a proxy where its service answers, and two proxies in one place",
      `${good}edges:\n  - { from: front, to: stock, listen: "127.0.0.1:8081" }\n  - { from: front, to: stock, listen: "127.0.0.1:9301" }\n  - { from: stock, to: front, listen: "127.0.0.1:9301" }\n`,
      [
        "order.hunt.yaml:10:39 hunt-file-value: 127.0.0.1:8081 is where stock itself answers (choose a free port, and tell front to call it in place of http://localhost:8081)",
        "order.hunt.yaml:12:39 hunt-file-value: 127.0.0.1:9301 is taken by the proxy from front to stock (choose a port for each edge)",
      ],
    ],
  ])("refuses %s, with a place and the mending", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("refuses what is not YAML, where it stops being", () => {
    expect(problems("name: [a, b\nservices: {}\n")[0]).toMatch(
      /^order\.hunt\.yaml:\d+:\d+ hunt-file-syntax: not YAML: /,
    );
  });

  test("refuses hosts that are not of this machine, wherever they are named, one by one", () => {
    const text = `${good.replace("localhost:8081", "stock.example.org")}edges: [{ from: front, to: stock, listen: "0.0.0.0:9301" }]\n`;
    expect(problems(text).map((line) => line.split(" (")[0])).toEqual([
      "order.hunt.yaml:4:17 hunt-host: stock.example.org is not this machine",
      "order.hunt.yaml:9:43 hunt-host: 0.0.0.0 is not this machine",
    ]);
    expect(problems(text, ["stock.example.org"])).toHaveLength(1);
  });
});

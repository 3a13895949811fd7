import type { Observation, ObservedCall } from "../../src/hunting/call.js";
import type { HuntFinding } from "../../src/hunting/result.js";
import type { HuntReport } from "../../src/report/hunt-report.js";

/* A hunt with a finding, for renderers: a payment that is made again after its answer was lost. */

const root = { id: "shop", service: "shop", method: "POST", route: "/checkout", request: "body" };

function call(number: number, injected?: string): ObservedCall {
  const name = `POST payment/pay#${number}`;
  return {
    ...{ id: `shop › ${name}`, caller: "shop", name, service: "payment", method: "POST", route: "/pay", request: "" },
    answers: ["200:ab"],
    outcome: injected === undefined ? "200:ab" : "failed: ECONNRESET",
    ...(injected === undefined ? {} : { injected }),
    recorded: { path: "/pay?card=<script>alert(1)</script>", sent: '{"order":"</td>&\\u001b[31m"}' },
  };
}

const good: Observation = { root, answer: "200:ab", calls: [call(1)], complete: true, good: true, outcome: "full" };
const failing: Observation = {
  ...{ root, answer: "200:ab", calls: [call(1, "lost-response"), call(2)], complete: true, good: false },
  outcome: "full, but two payments for one <order>",
};

export function huntReport(): HuntReport {
  const faults = [{ kind: "call", call: "shop › POST payment/pay#1", fault: "lost-response" }] as const;
  const finding: HuntFinding = {
    ...{ faults, smallest: true, failing, confirmed: 3 },
    nearest: { faults: [], observation: good },
    alike: [[{ kind: "down", service: "<payment>" }]],
  };
  return {
    ...{ file: "shop.hunt.yaml", name: "a checkout <charges> once", milliseconds: 1234, foreign: ["http://x.example"] },
    ...{
      undigested: [],
      byArrival: [],
      ambiguousCallers: 0,
      dark: [],
      unusedProxies: [],
      tracesElsewhere: false,
      resumed: 0,
    },
    result: {
      verdict: { kind: "violated", findings: [finding], complete: true },
      facts: {
        ...{ budget: 2, kinds: ["refused", "lost-response", "down"], reach: "by-class", runs: 21, ran: 12, sets: 90 },
        calls: new Map([["shop › POST payment/pay#1", "payment"]]),
        ...{ unstable: [], contradictions: [], notInjected: [], spared: [], outOfReach: [], sometimes: [] },
        ...{ cleanFailures: 0, incomplete: 0, covers: [], clean: good },
      },
    },
  };
}

import { randomNumbers } from "../../src/search/random.js";
import type { Answer, Services, Simulation } from "./simulation.js";
import { Failed } from "./simulation.js";

/* Services made by chance: each route is a few steps, each a call with something to do where it fails. */

type Reaction = "fail" | "ignore" | "retry" | "fallback" | "swallow";

interface Step {
  readonly call: string;
  readonly reaction: Reaction;
  readonly instead: string;
  readonly timeout: number;
}

type State = Map<string, number>;

export function randomServices(seed: number): Simulation<State> {
  const random = randomNumbers(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const layers = 3 + below(2);
  const steps = new Map<string, readonly Step[]>();
  const name = (layer: number, i: number): string => `s${layer}${i}`;
  const target = (layer: number): string =>
    `${random() < 0.4 ? "POST" : "GET"} ${name(layer, below(2))}/${random() < 0.7 ? "x" : "y"}`;
  const reactions: readonly Reaction[] = ["fail", "fail", "ignore", "retry", "fallback", "swallow"];
  for (let layer = 0; layer < layers; layer++)
    for (let i = 0; i < 2; i++)
      for (const route of ["x", "y"]) {
        const count = layer === layers - 1 ? 0 : 1 + below(layer === 0 ? 3 : 2);
        steps.set(
          `${name(layer, i)}/${route}`,
          Array.from({ length: count }, () => {
            const next = layer + 1 + (layer + 2 < layers && random() < 0.2 ? 1 : 0);
            const reaction = reactions[below(reactions.length)] ?? "fail";
            return { call: target(next), reaction, instead: target(next), timeout: 200 + 100 * below(4) };
          }),
        );
      }
  const idempotent = random() < 0.5;
  const services: Services<State> = {};
  for (let layer = 0; layer < layers; layer++)
    for (let i = 0; i < 2; i++) {
      const service = name(layer, i);
      Object.assign(services, {
        [service]: (
          { method, route }: { method: string; route: string },
          context: Parameters<Services<State>[string]>[1],
        ) => {
          const { state, call } = context;
          const at = `${service}${route}`;
          if (method === "POST") state.set(at, idempotent ? 1 : (state.get(at) ?? 0) + 1);
          const attempt = (what: string, timeout: number): Answer | undefined => {
            try {
              const answer = call(what, { timeout });
              return answer.status < 300 ? answer : undefined;
            } catch (error) {
              if (error instanceof Failed) return undefined;
              throw error;
            }
          };
          let body = `${at}`;
          for (const step of steps.get(`${service}${route}`) ?? []) {
            let answer = attempt(step.call, step.timeout);
            if (answer === undefined && step.reaction === "retry") answer = attempt(step.call, step.timeout);
            if (answer === undefined && step.reaction === "fallback") answer = attempt(step.instead, step.timeout);
            if (answer === undefined && step.reaction === "swallow") body += "!";
            else if (answer === undefined && step.reaction !== "ignore") return { status: 503, body: "sorry" };
            else if (answer !== undefined) body += `(${answer.body})`;
          }
          return { status: 200, body };
        },
      });
    }
  const strict = random() < 0.5;
  return {
    services,
    state: () => new Map(),
    root: "POST s00/x",
    judge: ({ status, body }, state, elapsed) => {
      if (elapsed > 900) return { good: false, outcome: "too late" };
      const twice = [...state.values()].some((n) => n > 2);
      if (twice) return { good: false, outcome: "done three times" };
      if (strict && body.includes("!")) return { good: false, outcome: "swallowed" };
      return { good: true, outcome: status === 200 ? "full" : "refused" };
    },
  };
}

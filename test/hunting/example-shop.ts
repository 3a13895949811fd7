import type { Answer, Context, Simulation } from "./simulation.js";
import { Failed } from "./simulation.js";

/* examples/shop, as functions: the same calls, patience and bugs. */

export type ExampleBug = "fallback" | "swallowed" | "retry" | "patience";

export interface Ledger {
  readonly payments: string[];
}

const ok = (body: string): Answer => ({ status: 200, body });
const unavailable = (why: string): Answer => ({ status: 503, body: why });

export function exampleShop(...bugs: readonly ExampleBug[]): Simulation<Ledger> {
  const has = (bug: ExampleBug): boolean => bugs.includes(bug);
  const ask = ({ call }: Context<Ledger>, what: string, timeout: number, body = ""): Answer | undefined => {
    try {
      const answer = call(what, { timeout, body });
      return answer.status < 300 ? answer : undefined;
    } catch (error) {
      if (error instanceof Failed) return undefined;
      throw error;
    }
  };
  return {
    services: {
      shop: (_, context) => {
        const price = ask(context, "GET catalog/price", 1000);
        if (price === undefined) return unavailable("no price");
        if (ask(context, "POST store/reserve", 700) === undefined) return unavailable("not reserved");
        const pay = () => ask(context, "POST payment/pay", has("patience") ? 9000 : 700, price.body);
        const paid = pay() ?? (has("patience") ? undefined : pay());
        return paid === undefined ? unavailable("not paid") : ok(`paid ${price.body}`);
      },
      catalog: (_, context) => {
        const price = ask(context, "GET store/price", 300);
        if (price !== undefined) return price;
        if (has("swallowed")) return ok("0");
        return ask(context, "GET cache/price", 300) ?? unavailable("no price");
      },
      cache: (_, context) => (has("fallback") ? (ask(context, "GET store/price", 200) ?? ok("0")) : ok("10")),
      store: ({ method }) => ok(method === "GET" ? "10" : "reserved"),
      payment: ({ body }, { state }) => {
        if (has("retry") || state.payments.length === 0) state.payments.push(body);
        return ok("paid");
      },
    },
    state: () => ({ payments: [] }),
    root: "POST shop/checkout",
    judge: ({ status, body }, { payments }, elapsed) => {
      if (elapsed > 5000) return { good: false, outcome: "no answer within 5 s" };
      if (payments.length > 1) return { good: false, outcome: "two payments for one order" };
      if (payments.some((amount) => amount !== "10")) return { good: false, outcome: "a payment of the wrong amount" };
      if (status === 200 && body === "paid 10") return { good: payments.length === 1, outcome: "full" };
      return { good: status === 503, outcome: status === 503 ? "refused" : body };
    },
  };
}

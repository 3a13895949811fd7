import type { Answer, Context, Services, Simulation } from "./simulation.js";
import { Failed } from "./simulation.js";

/* A shop of five services with four bugs, each behind a switch: the shape of examples/shop, as functions. */

export interface Bugs {
  /** The fallback of the catalogue asks the store that has just failed. */
  readonly fallback?: boolean;
  /** An error of the store becomes a 200 with a price of nothing. */
  readonly swallowed?: boolean;
  /** A payment is sent again after its answer was lost. */
  readonly retry?: boolean;
  /** Shipping is waited for longer than the shop's caller waits. */
  readonly patience?: boolean;
}

export interface Shop {
  payments: number;
  readonly keys: Set<string>;
  reserved: number;
}

const ok = (body: string): Answer => ({ status: 200, body });
const unavailable: Answer = { status: 503, body: "sorry" };

/** The answer, if it is one of success. */
function attempt(work: () => Answer): Answer | undefined {
  try {
    const answer = work();
    return answer.status < 300 ? answer : undefined;
  } catch (error) {
    if (error instanceof Failed) return undefined;
    throw error;
  }
}

export function shop(bugs: Bugs = {}): Simulation<Shop> {
  const services: Services<Shop> = {
    shop: (_, { call }) => {
      const price = attempt(() => call("GET catalog/price"));
      if (price === undefined) return unavailable;
      const reserve = attempt(() => call("POST store/reserve"));
      if (reserve === undefined) return unavailable;
      const pay = attempt(() => call("POST payment/pay", { body: price.body }));
      if (pay === undefined) return unavailable;
      // A shipment that cannot be announced is announced later.
      attempt(() => call("POST shipping/announce", { timeout: bugs.patience === true ? 5000 : 300 }));
      return ok(`paid ${price.body}`);
    },
    catalog: (_, { call }) => {
      const price = attempt(() => call("GET store/price"));
      if (price !== undefined) return price;
      if (bugs.swallowed === true) return ok("0");
      const cached = attempt(() => call("GET cache/price"));
      if (cached !== undefined) return cached;
      return unavailable;
    },
    cache: (_, context) => (bugs.fallback === true ? cacheAsksTheStore(context) : ok("10")),
    store: ({ method }, { state }) => {
      if (method === "POST") state.reserved++;
      return ok(method === "POST" ? "reserved" : "10");
    },
    payment: ({ body }, { call }) => {
      const request = { body };
      const charge = attempt(() => call("POST bank/charge", request));
      if (charge !== undefined) return ok("paid");
      if (attempt(() => call("POST bank/charge", request)) !== undefined) return ok("paid");
      return unavailable;
    },
    bank: (_, { state }) => {
      if (bugs.retry !== true && state.keys.has("order 1")) return ok("charged before");
      state.keys.add("order 1");
      state.payments++;
      return ok("charged");
    },
    shipping: () => ok("announced"),
  };
  return {
    services,
    state: () => ({ payments: 0, keys: new Set(), reserved: 0 }),
    root: "POST shop/checkout",
    judge: ({ status, body }, { payments }, elapsed) => {
      if (elapsed > 4000) return { good: false, outcome: "no answer within 4 s" };
      if (payments > 1) return { good: false, outcome: "charged twice" };
      if (status === 200 && body === "paid 10" && payments === 1) return { good: true, outcome: "full" };
      return status === 503 ? { good: true, outcome: "degraded" } : { good: false, outcome: `${status} ${body}` };
    },
  };
}

function cacheAsksTheStore({ call }: Context<Shop>): Answer {
  const again = attempt(() => call("GET store/price"));
  if (again !== undefined) return again;
  // Nothing is left to answer with, and the request hangs until the caller gives up on it.
  return ok("nothing");
}

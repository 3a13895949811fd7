import type { CallId } from "../hunting/call.js";
import { namesOf } from "../hunting/call.js";
import type { HuntSpec } from "./spec.js";

/** What a hunt does not see of services that it called. */
export interface Unseen {
  /** Services that nothing shows the calls of. */
  readonly dark: readonly string[];
  /** Proxies that nothing came through, in words: `billing to stock (127.0.0.1:9301)`. */
  readonly unused: readonly string[];
}

/** `watched`: services with a hook, or that send spans. `calls`: all that came in some run. */
export function unseenOf(
  { services, edges }: HuntSpec,
  root: string,
  watched: ReadonlySet<string>,
  calls: readonly CallId[],
): Unseen {
  const pairs = calls.map((id) => {
    const [caller = root, callee = ""] = [root, ...namesOf(id).slice(1).map(serviceOf)].slice(-2);
    return { caller, callee };
  });
  const reached = new Set([root, ...pairs.map(({ callee }) => callee)]);
  const dark = services
    .map(({ name }) => name)
    .filter((name) => reached.has(name) && !watched.has(name) && !edges.some(({ from }) => from === name));
  const unused = edges
    .filter(
      ({ from, to }) => reached.has(from) && !pairs.some(({ caller, callee }) => caller === from && callee === to),
    )
    .map(({ from, to, host, port }) => `${from} to ${to} (${host}:${port})`);
  return { dark, unused };
}

/** The callee in the name of a call: `POST cart/lock#1`. */
function serviceOf(name: string): string {
  return /^\S+ ([^/]+)/.exec(name)?.[1] ?? "";
}

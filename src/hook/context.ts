import { AsyncLocalStorage } from "node:async_hooks";
import { Numbering } from "./wire.js";

/** The handler that the current code works for. */
export interface Handler {
  readonly run: string;
  readonly token: string;
  /** The identity of the call that it answers. */
  readonly id: string;
  /** The trace that its request belongs to, if it belongs to one. */
  readonly trace: string | undefined;
  readonly numbering: Numbering;
}

const storage = new AsyncLocalStorage<Handler | undefined>();

export function currentHandler(): Handler | undefined {
  return storage.getStore();
}

export function withHandler<T>(handler: Handler | undefined, work: () => T): T {
  return storage.run(handler, work);
}

export function handlerFor(run: string, token: string, id: string, trace: string | undefined): Handler {
  return { run, token, id, trace, numbering: new Numbering() };
}

const bodies = new AsyncLocalStorage<Uint8Array | undefined>();

/** Does some work that sends this body: `fetch` hands it on as a stream. */
export function sending<T>(body: Uint8Array | undefined, work: () => T): T {
  return bodies.run(body, work);
}

/** The body that the current work sends, if it is known. */
export function sentBody(): Uint8Array | undefined {
  return bodies.getStore();
}

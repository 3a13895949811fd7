import type { Model } from "../model.js";
import { Diagrams } from "./diagrams.js";
import { byId } from "./dom.js";
import { Inspector } from "./inspector.js";
import { connectLineages } from "./lineages.js";
import { connectMoments } from "./moments.js";
import { connectCopy, connectSource } from "./source.js";
import { State } from "./state.js";
import { Stepper } from "./stepper.js";
import { Tables } from "./tables.js";

export interface MountOptions {
  /** Whether the page's address is updated as the reader navigates. */
  readonly moments: boolean;
  /** Removes the listeners on the document. */
  readonly signal: AbortSignal;
}

/** Makes the report in the document interactive. What it shows at first is in the document already. */
export function mountReport(model: Model, { moments, signal }: MountOptions): State | undefined {
  const panel = byId("inspector", HTMLElement);
  if (panel === undefined) return undefined;
  const state = new State(model);
  new Inspector(state, panel);
  new Diagrams(state);
  new Stepper(state, signal);
  new Tables(state);
  connectLineages(state);
  connectSource(state, signal);
  connectCopy();
  if (moments) connectMoments(state, signal);
  const close = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) state.select(undefined);
  };
  document.addEventListener("keydown", close, { signal });
  return state;
}

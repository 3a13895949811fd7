import type { Selection, State } from "./state.js";

/*
 * Links to a moment: `#t=4` is the instant of the stepper, `&tuple=leader("b", 1)` the selection, in the run of the
 * report or the one that it is compared with. The address is updated as the reader navigates, so that it can be copied.
 */

export function connectMoments(state: State, signal: AbortSignal): void {
  const read = (): void => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const instant = Number(wanted.get("t"));
    if (Number.isInteger(instant) && instant >= 1 && instant <= state.model.eot) state.moveTo(instant);
    const found = selectionOf(wanted, state);
    if (found !== undefined) state.select(found);
  };
  read();
  window.addEventListener("hashchange", read, { signal });
  // The address of an `iframe` with `srcdoc` cannot be changed.
  if (!/^(https?|file):$/.test(location.protocol)) return;
  state.listen(() => {
    const hash = `#${momentOf(state)}`;
    if (hash !== location.hash) history.replaceState(null, "", hash);
  });
}

function momentOf({ instant, selected, model }: State): string {
  const moment = new URLSearchParams({ t: String(instant) });
  if (selected?.kind === "tuple") moment.set("tuple", model.tuples[selected.at.tuple]?.text ?? "");
  return moment.toString();
}

function selectionOf(wanted: URLSearchParams, state: State): Selection | undefined {
  const tuple = state.model.tuples.findIndex(({ text }) => text === wanted.get("tuple"));
  if (tuple < 0) return undefined;
  const runs = [0, ...(state.compared === undefined ? [] : [state.compared])];
  const { instant } = state;
  const run = runs.find((index) => state.holds(index, { tuple, instant }));
  return run === undefined ? undefined : { kind: "tuple", run, at: { tuple, instant } };
}

import type { Model } from "../model.js";
import { Diagrams } from "./diagrams.js";
import { all, byId } from "./dom.js";
import { Inspector } from "./inspector.js";
import { connectLineages } from "./lineages.js";
import { connectCopy, connectSource } from "./source.js";
import { State } from "./state.js";
import { Tables } from "./tables.js";

/** Brings a report to life. Everything it shows at first is on the page already. */
function start(): void {
  const data = document.getElementById("model")?.textContent;
  const panel = byId("inspector", HTMLElement);
  if (data == null || panel === undefined) return;
  const state = new State(JSON.parse(data) as Model);
  new Inspector(state, panel);
  new Diagrams(state);
  new Tables(state);
  connectLineages(state);
  connectSource(state);
  connectCopy();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") state.select(undefined);
  });
  state.listen(() => document.body.classList.toggle("inspecting", state.selected !== undefined));
  window.addEventListener("beforeprint", () => {
    for (const details of all("details", HTMLDetailsElement)) details.open = true;
  });
}

start();

import { all, byId, numberOf } from "./dom.js";
import type { State } from "./state.js";

/** The listing: rules open the inspector, counts are those of the compared run, selected rules are highlighted. */
export function connectSource(state: State, signal: AbortSignal): void {
  const choose = (event: Event): void => {
    const target = event.target instanceof Element ? event.target.closest("button[data-rule]") : null;
    if (target === null) return;
    const rule = numberOf(target, "data-rule");
    state.select({ kind: "rule", rule });
    if (target.classList.contains("to-rule")) reveal(rule);
  };
  document.addEventListener("click", choose, { signal });
  state.listen(() => render(state));
}

function reveal(rule: number): void {
  const text = document.querySelector(`[data-rule-text="${rule}"]`);
  const file = text?.closest("details");
  if (file != null) file.open = true;
  text?.scrollIntoView({ block: "center" });
}

function render(state: State): void {
  const { selected, compared } = state;
  const runs = [0, ...(compared === undefined ? [] : [compared])].map((run) => state.run(run));
  const fired = (rule: number): readonly number[] => runs.map((run) => run.firings[rule] ?? 0);
  for (const button of all("button.count", HTMLElement)) {
    const counts = fired(numberOf(button, "data-rule"));
    button.textContent = counts.join(" / ");
    const told = counts.map((n, i) => `${n} times in ${runs[i]?.title ?? ""}`).join(", ");
    button.setAttribute("aria-label", `${button.textContent}: fired ${told}`);
    button.classList.toggle(
      "zero",
      counts.every((n) => n === 0),
    );
  }
  for (const span of all("[data-rule-text]", HTMLElement)) {
    const rule = numberOf(span, "data-rule-text");
    span.classList.toggle(
      "dead",
      fired(rule).every((n) => n === 0),
    );
    span.classList.toggle("selected", selected?.kind === "rule" && selected.rule === rule);
  }
}

/** Copies the command that repeats the run to the clipboard, if there is one. */
export function connectCopy(): void {
  const button = byId("copy", HTMLButtonElement);
  const command = byId("replay", HTMLElement);
  if (button === undefined || command === undefined) return;
  button.addEventListener("click", () => {
    const done = (): void => {
      button.textContent = "copied";
    };
    const select = (): void => void getSelection()?.selectAllChildren(command);
    // Only secure contexts may write to the clipboard; in some browsers a file from disk is not one.
    if (navigator.clipboard === undefined) select();
    else void navigator.clipboard.writeText(command.textContent ?? "").then(done, select);
  });
}

import { byId, element } from "../src/report/html/client/dom.js";
import { mountReport } from "../src/report/html/client/mount.js";
import type { State } from "../src/report/html/client/state.js";
import type { Model } from "../src/report/html/model.js";
import { Attack } from "./attack.js";
import { BudgetChips } from "./budget.js";
import { type Answer, Crew } from "./crew.js";
import { Editor } from "./editor.js";
import type { Budget, CheckLine, Fault, Files, Problem } from "./protocol.js";
import { pack, unpack } from "./share.js";
import { tutorialSteps } from "./tutorial.js";

/* The page of the playground: the editor, the budget, and the report of the last request. */

declare const LDFI_PROGRAMS: Readonly<Record<string, string>>;

const mebibyte = 2 ** 20;
/** The initial heap of the solver, and the largest that is tried if it is too small. */
const heaps = { first: 64 * mebibyte, last: 1024 * mebibyte };
/** The time limit of an analysis, or of one run. */
const patience = 20_000;

function required<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = byId(id, type);
  if (found === undefined) throw new Error(`the page has no #${id}`);
  return found;
}

class Playground {
  private readonly analyst = new Crew("worker.js");
  private readonly checker = new Crew("worker.js");
  private readonly result = required("result", HTMLElement);
  private readonly status = required("status", HTMLElement);
  private readonly stopButton = required("stop", HTMLButtonElement);
  private readonly checkButton = required("check", HTMLButtonElement);
  private readonly programs = required("program", HTMLSelectElement);
  private readonly fileTabs = required("files", HTMLSelectElement);
  private readonly lines = required("lines", HTMLSelectElement);
  private readonly chips: BudgetChips;
  private readonly editor: Editor;
  private texts: Record<string, string> = { ...LDFI_PROGRAMS };
  private main = "programs/delivery/simple.ded";
  private besides: readonly string[] = [];
  private current = this.main;
  private checks: readonly CheckLine[] = [];
  private problems: readonly Problem[] = [];
  private faults: readonly Fault[] = [];
  private mounted: AbortController | undefined;
  private state: State | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.chips = new BudgetChips(required("budget", HTMLElement), () => undefined);
    this.editor = new Editor(required("editor", HTMLElement), {
      changed: (text) => {
        this.texts = { ...this.texts, [this.current]: text };
        this.soon();
      },
      check: () => void this.check(),
    });
    this.menu();
    this.checkButton.addEventListener("click", () => void this.check());
    this.stopButton.addEventListener("click", () => this.checker.stop());
    required("attack", HTMLButtonElement).addEventListener("click", () => void this.attack([]));
    required("share", HTMLButtonElement).addEventListener("click", () => void this.share());
    required("tutorial-open", HTMLButtonElement).addEventListener("click", () => this.tutorial());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.check();
    });
    this.programs.addEventListener("change", () => this.open(this.programs.value));
    this.fileTabs.addEventListener("change", () => this.edit(this.fileTabs.value));
    this.lines.addEventListener("change", () => this.choose(Number(this.lines.value)));
  }

  async start(): Promise<void> {
    const found = await unpack(location.hash);
    if (found?.kind === "shared") {
      const { files, budget, check } = found.shared;
      this.texts = { ...LDFI_PROGRAMS, ...files.texts };
      this.show(files.main, files.besides);
      this.chips.write(budget);
      await this.analyse();
      if (check === true) await this.check();
      return;
    }
    this.open(this.main);
    if (found !== undefined) this.say(`This link cannot be opened: ${found.why}.`);
  }

  private say(text: string): void {
    this.status.textContent = text;
  }

  private get saysErrors(): boolean {
    return /^\d+ errors? in the program$/.test(this.status.textContent ?? "");
  }

  private get files(): Files {
    return { texts: this.texts, main: this.main, besides: this.besides };
  }

  private menu(): void {
    const folders = new Map<string, string[]>();
    for (const [path, text] of Object.entries(LDFI_PROGRAMS)) {
      if (!text.includes("//! check")) continue;
      const folder = path.split("/")[1] ?? "";
      folders.set(folder, [...(folders.get(folder) ?? []), path]);
    }
    for (const [folder, paths] of folders) {
      const options = paths.map((path) => element("option", { value: path }, path.replace(/^.*\/|\.ded$/g, "")));
      this.programs.append(element("optgroup", { label: folder }, ...options));
    }
  }

  /** Opens a program of the library. */
  open(path: string): void {
    this.texts = { ...LDFI_PROGRAMS };
    this.show(path, []);
    this.clear();
    void this.analyse().then(() => this.choose(0));
  }

  private show(main: string, besides: readonly string[]): void {
    this.main = main;
    this.besides = besides;
    this.programs.value = main;
    this.edit(main);
  }

  private edit(path: string): void {
    this.current = path;
    this.editor.text = this.texts[path] ?? "";
    this.mark();
  }

  private clear(): void {
    this.unmount();
    this.result.replaceChildren(
      element(
        "p",
        { class: "welcome" },
        "Check the program, or attack it by hand: choose which messages are lost and which nodes crash, and see whether the specification survives.",
      ),
    );
    delete this.result.dataset.outcome;
    this.say("");
  }

  /** A `//! check` line of the program: its budget, and the files it adds. */
  private choose(index: number): void {
    const line = this.checks[index];
    if (line === undefined) return;
    this.lines.value = String(index);
    this.chips.write(line.budget);
    if (JSON.stringify(this.besides) === JSON.stringify(line.besides)) return;
    this.besides = line.besides;
    void this.analyse();
  }

  /** After a pause in typing. */
  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.analyse(), 250);
  }

  private async analyse(): Promise<void> {
    const answer = await this.analyst.ask({ kind: "analyse", files: this.files }, undefined, patience);
    if (answer?.kind === "failed") this.say(answer.message);
    if (answer?.kind !== "analysed") return;
    const { problems, relations, checks, paths } = answer;
    this.problems = problems;
    this.checks = checks;
    const chosen = this.lines.selectedIndex;
    this.lines.replaceChildren(
      ...checks.map(({ title, expect }, i) => element("option", { value: String(i) }, `${title}: ${expect}`)),
    );
    this.lines.selectedIndex = Math.min(Math.max(0, chosen), checks.length - 1);
    const all = [...new Set([this.main, ...this.besides, ...paths])];
    this.fileTabs.replaceChildren(...all.map((path) => element("option", { value: path }, path)));
    this.fileTabs.value = this.current;
    this.editor.show(this.here(problems), relations);
    const errors = problems.filter(({ severity }) => severity === "error").length;
    // Another status, such as "stopped", is kept if the program has no errors.
    const said = errors === 0 ? "" : `${errors} ${errors === 1 ? "error" : "errors"} in the program`;
    if (!this.checker.isBusy && (said !== "" || this.saysErrors)) this.say(said);
  }

  private here(problems: readonly Problem[]): readonly Problem[] {
    const same = (path: string | undefined): boolean => path?.replace(/^\/|^\.\//, "") === this.current;
    return problems.filter(({ path }) => same(path));
  }

  private mark(): void {
    this.editor.show(this.here(this.problems), []);
  }

  async check(): Promise<void> {
    this.working(true);
    this.say("checking");
    for (let memory = heaps.first; ; memory *= 4) {
      const answer = await this.checker.ask(
        { kind: "check", files: this.files, budget: this.chips.read(), memory },
        (text) => this.say(text),
      );
      if (answer?.kind === "failed" && answer.outOfMemory === true && memory < heaps.last) {
        // A heap of another size needs another solver.
        this.checker.stop();
        this.say("the solver needs more memory: trying again");
        continue;
      }
      this.working(false);
      if (answer === undefined) this.say("stopped");
      else this.answered(answer);
      return;
    }
  }

  private working(is: boolean): void {
    this.stopButton.disabled = !is;
    this.checkButton.disabled = is;
    document.body.classList.toggle("working", is);
  }

  /** One run under manually chosen faults. */
  async attack(faults: readonly Fault[]): Promise<void> {
    const focused = document.activeElement?.getAttribute("data-arrow");
    const instant = this.state?.instant;
    const filter = faults.length === 0 ? undefined : byId("filter", HTMLSelectElement)?.value;
    this.working(true);
    const answer = await this.checker.ask(
      { kind: "attack", files: this.files, budget: this.attackBudget(), faults },
      undefined,
      patience,
    );
    this.working(false);
    if (answer === undefined) {
      this.say("this run takes too long: stopped");
      return;
    }
    this.answered(answer);
    if (instant !== undefined && this.state !== undefined) this.state.moveTo(Math.min(instant, this.state.model.eot));
    this.filter(filter);
    if (focused != null)
      document.querySelector<SVGElement>(`svg[data-diagram="0"] [data-arrow="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Keeps the selection of the messages that are drawn. */
  private filter(value: string | undefined): void {
    const filter = byId("filter", HTMLSelectElement);
    if (value === undefined || filter === undefined || filter.value === value) return;
    if (![...filter.options].some((option) => option.value === value)) return;
    filter.value = value;
    filter.dispatchEvent(new Event("change"));
  }

  /** Faults by hand are not bounded by the budget, except for EOT and EFF. */
  private attackBudget(): Budget {
    const { eot, eff } = this.chips.read();
    return { ...(eot === undefined ? {} : { eot }), ...(eff === undefined ? {} : { eff }) };
  }

  private answered(answer: Answer): void {
    if (answer.kind === "failed") this.say(answer.message);
    if (answer.kind !== "shown") return;
    this.unmount();
    this.result.innerHTML = answer.html;
    this.result.dataset.outcome = answer.outcome;
    this.say("");
    this.faults = answer.faults.map(({ fault }) => fault);
    if (answer.model === undefined) return;
    // The report's own model, of the same build.
    const model = answer.model as Model;
    const list = element("div", { class: "fault-list", "aria-label": "Faults of this run" });
    for (const [i, { words, notation }] of answer.faults.entries()) {
      const remove = element("button", { type: "button", title: `without ${notation}` }, `✕ ${words}`);
      remove.addEventListener("click", () => void this.attack(this.faults.filter((_, j) => j !== i)));
      list.append(remove);
    }
    const help = element(
      "p",
      { class: "hint" },
      "Click a message to lose it, drag its head to make it late (with Shift: to repeat it), click a node's line to crash, restart or pause it. By keyboard: Enter loses a message, + and − move its arrival, d repeats it.",
    );
    document.querySelector("#picture")?.prepend(element("div", { class: "by-hand" }, help, list));
    this.mounted = new AbortController();
    const { signal } = this.mounted;
    this.state = mountReport(model, { moments: false, signal });
    new Attack(
      {
        model,
        faults: this.faults,
        instant: () => this.state?.instant ?? 1,
        change: (faults) => void this.attack(faults),
      },
      signal,
    );
    if (matchMedia("(max-width: 900px)").matches) this.result.scrollIntoView();
  }

  private unmount(): void {
    this.mounted?.abort();
    this.mounted = undefined;
    this.state = undefined;
  }

  private async share(): Promise<void> {
    const changed = Object.entries(this.texts).filter(([path, text]) => LDFI_PROGRAMS[path] !== text);
    const files: Files = { texts: Object.fromEntries(changed), main: this.main, besides: this.besides };
    const packed = await pack({ files, budget: this.chips.read() });
    if (packed === undefined) {
      this.say("this program is too large for a link");
      return;
    }
    history.replaceState(null, "", `#${packed}`);
    await navigator.clipboard?.writeText(location.href).catch(() => undefined);
    this.say("the link is in the address bar and on the clipboard; nothing was sent anywhere");
  }

  private tutorial(): void {
    const panel = required("tutorial", HTMLElement);
    panel.hidden = !panel.hidden;
    if (panel.hidden || panel.childElementCount > 0) return;
    for (const { title, text, path, budget } of tutorialSteps) {
      const go = element("button", { type: "button" }, "try it");
      go.addEventListener("click", () => {
        this.texts = { ...LDFI_PROGRAMS };
        this.show(path, []);
        void this.analyse().then(() => {
          this.chips.write(budget);
          return this.check();
        });
      });
      panel.append(element("section", {}, element("h2", {}, title), ...text.map((part) => element("p", {}, part)), go));
    }
  }
}

void new Playground().start();

import type { ClientCapabilities, Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import { ErrorCodes, LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification } from "vscode-languageserver";
import type { OfferedRepair } from "../language/repairing.js";
import type { Workspace } from "../language/workspace.js";
import { leastEdit } from "../source/fixes.js";
import { count } from "../wording/numbers.js";
import { pathOf, rangeOf, uriOf } from "./conversion.js";
import type { RunnableLine } from "./lenses.js";
import { commands, runnableLines } from "./lenses.js";
import type { Platform } from "./platform.js";
import type { Repairs } from "./repairs.js";
import { workspaceEdit } from "./requests.js";
import type { Verdicts } from "./verdicts.js";

/** What the commands need. */
export interface Commanding {
  readonly connection: Connection;
  readonly platform: Platform;
  readonly workspace: Workspace;
  readonly verdicts: Verdicts;
  readonly repairs: Repairs;
  readonly client: ClientCapabilities;
}

type Progress = Pick<WorkDoneProgressReporter, "report">;

/** Carries out the commands of the server. Each is about a line of a file; long work is done in another thread, with progress. */
export class Commands {
  constructor(private readonly means: Commanding) {}

  execute(command: string, args: readonly unknown[]): Promise<unknown> {
    const [uri, line] = args;
    if (typeof uri !== "string" || typeof line !== "number")
      throw new ResponseError(ErrorCodes.InvalidParams, `${command} takes the URI of a file and a line, from 0`);
    const path = pathOf(uri);
    switch (command) {
      case commands.check:
        return this.check(path, line, false);
      case commands.report:
        return this.check(path, line, true);
      case commands.pin:
        return this.pin(path, line);
      case commands.repair:
        return this.repair(path, line);
      default:
        throw new ResponseError(ErrorCodes.InvalidParams, `there is no command ${command}`);
    }
  }

  /** Runs the line at a place, or the nearest one before it, or the first. */
  private async check(path: string, from: number, report: boolean): Promise<unknown> {
    const { workspace, verdicts, repairs } = this.means;
    const chosen = nearest(runnableLines(path, workspace), from);
    if (chosen === undefined)
      throw new ResponseError(ErrorCodes.InvalidRequest, "the file has no `//! check` and no `//! run` line");
    repairs.cancel();
    const cancel = (): void => verdicts.cancel();
    const answer = await this.withProgress(chosen.text, cancel, () =>
      verdicts.run(path, chosen.line, chosen.text, report),
    );
    if (answer === undefined) return null;
    const { report: page, ...kept } = answer;
    if (page !== undefined) await this.show(path, page);
    return { line: chosen.line - 1, ...kept };
  }

  private async show(path: string, text: string): Promise<void> {
    const { platform, connection, client } = this.means;
    const page = platform.writePage(path.slice(path.lastIndexOf("/") + 1), text);
    if (page === undefined) {
      this.say(MessageType.Error, "the report could not be written");
      return;
    }
    if (client.window?.showDocument?.support === true)
      await connection.window.showDocument({ uri: uriOf(page), external: true });
    else this.say(MessageType.Info, `the report was written to ${page}`);
  }

  /** Adds the counterexample below its line, as a `//! run` line. */
  private async pin(path: string, from: number): Promise<unknown> {
    const { workspace, verdicts, connection } = this.means;
    const chosen = nearest(runnableLines(path, workspace), from);
    const state = chosen === undefined ? undefined : verdicts.stateOf(path, chosen.text);
    const line = state?.kind === "answered" ? state.answer.pin : undefined;
    if (chosen === undefined || line === undefined)
      throw new ResponseError(ErrorCodes.InvalidRequest, "there is no counterexample to keep: run the line first");
    const { end } = rangeOf(chosen.expectation.span);
    const edit = { changes: { [uriOf(path)]: [{ range: { start: end, end }, newText: `\n${line}` }] } };
    const { applied } = await connection.workspace.applyEdit({ label: "Keep the counterexample", edit });
    return { applied, line };
  }

  /** Looks for repairs under the budget of a `//! check` line, and applies one: the only one, or that which the user chooses. */
  private async repair(path: string, from: number): Promise<unknown> {
    const { workspace, verdicts, repairs, connection } = this.means;
    const checks = runnableLines(path, workspace).filter(({ expectation }) => expectation.kind === "check");
    const chosen = nearest(checks, from);
    if (chosen === undefined) throw new ResponseError(ErrorCodes.InvalidRequest, "the file has no `//! check` line");
    verdicts.cancel();
    const cancel = (): void => repairs.cancel();
    const found = await this.withProgress(`repair: ${chosen.text}`, cancel, (progress) =>
      repairs.search(path, chosen.line, (message) => progress?.report(message)),
    );
    if (found === undefined) return null;
    const { sentence } = found;
    if (found.repairs.length === 0) {
      this.say(MessageType.Info, `ldfi: ${sentence}`);
      return { applied: false, sentence };
    }
    const repair = await this.choice(found.repairs, sentence);
    if (repair === undefined) return { applied: false, sentence };
    if (!repairs.isCurrent(repair))
      throw new ResponseError(LSPErrorCodes.ContentModified, "a text has changed: look for the repair again");
    const edits = repair.files.flatMap(({ path: file, before, after }) =>
      leastEdit({ path: file, text: before }, after),
    );
    const { title } = repair;
    const { applied } = await connection.workspace.applyEdit({ label: title, edit: workspaceEdit(edits) });
    if (applied && repair.noLongerMet.length > 0) this.say(MessageType.Info, notMet(repair));
    return { applied, sentence, title };
  }

  private async choice(repairs: readonly OfferedRepair[], sentence: string): Promise<OfferedRepair | undefined> {
    const [only, ...others] = repairs;
    if (others.length === 0) return only;
    const items = repairs.map(({ title }) => ({ title }));
    const answer = await this.means.connection.window.showInformationMessage(`ldfi: ${sentence}; which one?`, ...items);
    return repairs.find(({ title }) => title === answer?.title);
  }

  /** Does not wait for an answer, as `window.showInformationMessage` would. */
  private say(type: MessageType, message: string): void {
    void this.means.connection.sendNotification(ShowMessageNotification.type, { type, message });
  }

  /** Work with visible progress, which the user can cancel. */
  private async withProgress<T>(
    what: string,
    cancel: () => void,
    work: (progress: Progress | undefined) => Promise<T>,
  ): Promise<T> {
    const { connection, client } = this.means;
    if (client.window?.workDoneProgress !== true) return work(undefined);
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin("ldfi", undefined, what, true);
    progress.token.onCancellationRequested(cancel);
    try {
      return await work(progress);
    } finally {
      progress.done();
    }
  }
}

/** The line at a place, or the nearest one before it, or the first. */
function nearest(lines: readonly RunnableLine[], from: number): RunnableLine | undefined {
  return [...lines].reverse().find(({ line }) => line - 1 <= from) ?? lines[0];
}

function notMet({ noLongerMet }: OfferedRepair): string {
  const [first = "", ...others] = noLongerMet;
  const more = others.length === 0 ? "" : `, and ${count(others.length, "other line")}`;
  return `ldfi: repaired; what the program no longer meets: ${first}${more}`;
}

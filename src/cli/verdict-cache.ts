import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import type { CheckOptions } from "../search/check.js";
import type { KeptVerdict } from "../search/kept-verdict.js";
import { keptOf, verdictOf } from "../search/kept-verdict.js";
import { textOfQuestion } from "../search/question-text.js";
import type { Setting } from "../search/search.js";
import type { CheckResult } from "../search/verdict.js";
import { visible } from "../source/strings.js";
import type { TestEnvironment } from "../testing/runner.js";
import type { Answers, RememberedAnswers } from "./answers.js";
import { reason, removed } from "./write-whole.js";

/*
 * `--cache DIR`: verdicts by question. There is one file per answer, named by the hash of the question. The hash covers the code
 * of ldfi, so another build uses other files. A file is written under another name and then renamed, so processes can share a
 * folder: each file is complete, and all of them write the same content. A file that does not match its checksum is ignored.
 *
 *     DIR/3f/3f9a….json    {"question":"3f9a…","sum":"…","kept":{"kind":"holds",…}}
 */
class AnswersInFolder implements Answers {
  private written = 0;
  private failure: string | undefined;

  constructor(private readonly folder: string) {}

  get problem(): string | undefined {
    return this.failure;
  }

  /** Makes the folder. */
  prepare(): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      accessSync(this.folder, constants.W_OK);
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    this.failure ??= `ldfi: nothing was kept in ${visible(this.folder)}: ${reason(error)}\n`;
  }

  read(question: string): unknown {
    try {
      const entry: unknown = JSON.parse(readFileSync(this.place(question), "utf8"));
      if (typeof entry !== "object" || entry === null || !("kept" in entry) || !("sum" in entry)) return undefined;
      return entry.sum === sumOf(question, JSON.stringify(entry.kept)) ? entry.kept : undefined;
    } catch {
      // Missing or incomplete: the question is decided.
      return undefined;
    }
  }

  write(question: string, kept: KeptVerdict): void {
    const place = this.place(question);
    const temporary = `${place}.${process.pid}-${threadId}-${++this.written}`;
    const text = JSON.stringify(kept);
    try {
      mkdirSync(join(this.folder, question.slice(0, 2)), { recursive: true });
      writeFileSync(temporary, `{"question":"${question}","sum":"${sumOf(question, text)}","kept":${text}}\n`, {
        flag: "wx",
      });
      renameSync(temporary, place);
    } catch (error) {
      this.failed(error);
      removed(temporary);
    }
  }

  private place(question: string): string {
    return join(this.folder, question.slice(0, 2), `${question}.json`);
  }
}

/** Verdicts that are kept for the next time that the same question is asked. */
export class VerdictCache {
  /** `build`: the hash of the code that decides. */
  constructor(
    private readonly answers: Answers,
    private readonly build: string,
  ) {}

  get problem(): string | undefined {
    return this.answers.problem;
  }

  /** The kept answer, or that of `decide`, which is kept unless a limit affected it. `solver`: the command of an external solver. */
  check(setting: Setting, options: CheckOptions, decide: () => CheckResult, solver?: string): CheckResult {
    const question = sha256(JSON.stringify([this.build, solver ?? null, textOfQuestion(setting, options)]));
    // A formula is written only where the question is decided.
    const kept = options.onDimacs === undefined ? this.answers.read(question) : undefined;
    const known = kept === undefined ? undefined : verdictOf(kept, setting, options);
    if (known !== undefined) return { kind: "verdict", verdict: known };
    const began = performance.now();
    const result = decide();
    const { timeout = Number.POSITIVE_INFINITY, interrupted } = options;
    const isWhole = performance.now() - began < timeout * 1000 && interrupted?.() !== true;
    const answer = result.kind === "verdict" && isWhole ? keptOf(result.verdict, setting) : undefined;
    if (answer !== undefined) this.answers.write(question, answer);
    return result;
  }
}

/** The cache of a thread that checks again whenever a file is saved. */
export function rememberedVerdicts(answers: RememberedAnswers): VerdictCache {
  return new VerdictCache(answers, "");
}

/** The cache in a folder for this build of ldfi; nothing if the code cannot be read, so that its hash is unknown. */
export function verdictCache(folder: string, workerUrl: URL): VerdictCache | undefined {
  try {
    const build = sha256(readFileSync(new URL("./work.cjs", workerUrl)));
    const answers = new AnswersInFolder(folder);
    answers.prepare();
    return new VerdictCache(answers, build);
  } catch {
    return undefined;
  }
}

/** The part of a cache that running expectations needs. */
export function recallBy(cache: VerdictCache | undefined): Pick<TestEnvironment, "recall"> {
  return cache === undefined ? {} : { recall: (setting, options, decide) => cache.check(setting, options, decide) };
}

function sumOf(question: string, kept: string): string {
  return sha256(`${question}\n${kept}`);
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

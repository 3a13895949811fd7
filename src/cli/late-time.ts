import { junitSeconds } from "../report/junit.js";
import { formatTime } from "../wording/numbers.js";
import type { Ending } from "./messages.js";

/*
 * Endings for work that is cut off are rendered in advance, at its last progress event, because a thread inside a solver call
 * cannot render any. The duration is known only when such an ending is used. So it is rendered with an impossible duration, which
 * the main thread replaces by the true one.
 */

/** Milliseconds, some 250 years. Every format of a duration must render it as a text that occurs nowhere else. */
export const lateTime = 7_777_777_777_777;

const spellings: readonly ((milliseconds: number) => string)[] = [
  formatTime,
  junitSeconds,
  (milliseconds) => String(Math.round(milliseconds)),
];

/** The ending with the time that the work took. */
export function withTime(ending: Ending, milliseconds: number): Ending {
  const put = (text: string): string =>
    spellings.reduce((done, spell) => done.replaceAll(spell(lateTime), spell(milliseconds)), text);
  return {
    ...ending,
    stdout: put(ending.stdout),
    stderr: put(ending.stderr),
    files: ending.files.map(({ path, text }) => ({ path, text: put(text) })),
  };
}

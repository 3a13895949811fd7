import { junitSeconds } from "../report/junit.js";
import { formatTime } from "../wording/numbers.js";
import type { Ending } from "./messages.js";

/*
 * The endings of work that is cut off are made ahead, at its last sign of progress: a thread inside a solver call can make
 * none. How long the work took is known only when such an ending is used. So it is rendered with a time that nothing
 * takes, and the main thread puts the true one in its place.
 */

/** Milliseconds, some 250 years. Each way of writing a time has to make of it a text that stands for nothing else. */
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

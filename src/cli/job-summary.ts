import { appendFileSync } from "node:fs";
import { visible } from "../source/strings.js";
import { reason } from "./write-whole.js";

/**
 * Adds to the summary of a job of GitHub Actions: to the file that `GITHUB_STEP_SUMMARY` names, after what is there. Says in a line what went
 * wrong, if anything; it is no reason to fail the job.
 */
export function addToJobSummary(text: string | undefined, file: string | undefined): string {
  if (text === undefined || file === undefined || file === "") return "";
  try {
    appendFileSync(file, text);
    return "";
  } catch (error) {
    return `ldfi: the summary of the job, ${visible(file)}, could not be written: ${reason(error)}\n`;
  }
}

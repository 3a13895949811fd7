import { appendFileSync } from "node:fs";
import { visible } from "../source/strings.js";
import { reason } from "./write-whole.js";

/**
 * Appends to the summary of a GitHub Actions job, the file that `GITHUB_STEP_SUMMARY` names. Returns an error message, if any; an error does
 * not fail the job.
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

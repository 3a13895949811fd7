import type { CheckAnswer, CheckQuestion, FiringsQuestion } from "../language/checking.js";
import type { RepairAnswer, RepairQuestion } from "../language/repairing.js";
import type { FileReader } from "../source/file-reader.js";

/** Work for another thread. The texts that are open replace the files on the disk. */
export type LanguageWork = (
  | ({ readonly kind: "check" } & CheckQuestion)
  | ({ readonly kind: "firings" } & FiringsQuestion)
  | ({ readonly kind: "repair" } & RepairQuestion)
) & { readonly texts: ReadonlyMap<string, string> };

export type LanguageAnswer =
  | { readonly kind: "check"; readonly answer: CheckAnswer | undefined }
  | { readonly kind: "firings"; readonly firings: readonly (readonly [string, number])[] }
  | { readonly kind: "repair"; readonly answer: RepairAnswer | undefined };

/** Work in progress. */
export interface Working {
  /** `undefined` if it was cancelled, or its thread ended. */
  readonly answer: Promise<LanguageAnswer | undefined>;
  cancel(): void;
}

/** What the server needs from the machine. */
export interface Platform {
  readonly reader: FileReader;
  /** The programs under some folders. */
  readonly list: (folders: readonly string[]) => readonly string[];
  /** Starts work in a thread of its own, which may report its progress as a line of text. */
  readonly work: (work: LanguageWork, progress?: (line: string) => void) => Working;
  /** Writes a page to a place where a browser can open it. Returns its path, or nothing if that failed. */
  readonly writePage: (name: string, text: string) => string | undefined;
  readonly version: string;
}

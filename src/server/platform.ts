import type { CheckAnswer, CheckQuestion, FiringsQuestion } from "../language/checking.js";
import type { RepairAnswer, RepairQuestion } from "../language/repairing.js";
import type { FileReader } from "../source/file-reader.js";

/** Work for another thread. The texts that are open take the place of the files on the disk. */
export type LanguageWork = (
  | ({ readonly kind: "check" } & CheckQuestion)
  | ({ readonly kind: "firings" } & FiringsQuestion)
  | ({ readonly kind: "repair" } & RepairQuestion)
) & { readonly texts: ReadonlyMap<string, string> };

export type LanguageAnswer =
  | { readonly kind: "check"; readonly answer: CheckAnswer | undefined }
  | { readonly kind: "firings"; readonly firings: readonly (readonly [string, number])[] }
  | { readonly kind: "repair"; readonly answer: RepairAnswer | undefined };

/** Work that goes on. */
export interface Working {
  /** `undefined` if it was cancelled, or its thread ended. */
  readonly answer: Promise<LanguageAnswer | undefined>;
  cancel(): void;
}

/** What the server needs of the machine that it runs on. */
export interface Platform {
  readonly reader: FileReader;
  /** The programs under some folders. */
  readonly list: (folders: readonly string[]) => readonly string[];
  /** Starts work in a thread of its own, which may say in a line how far it has come. */
  readonly work: (work: LanguageWork, progress?: (line: string) => void) => Working;
  /** Puts a page where a browser can open it; its path, or nothing if it cannot be written. */
  readonly writePage: (name: string, text: string) => string | undefined;
  readonly version: string;
}

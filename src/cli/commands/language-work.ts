import { answerCheck, answerFirings } from "../../language/checking.js";
import { answerRepair } from "../../language/repairing.js";
import { version } from "../../library/version.js";
import type { LanguageAnswer, LanguageWork } from "../../server/platform.js";
import type { FileReader } from "../../source/file-reader.js";
import type { Host } from "../host.js";

/** Work that the language server gives to another thread. */
export function doLanguageWork(work: LanguageWork, host: Host): LanguageAnswer {
  const reader = withTexts(host.reader, work.texts);
  switch (work.kind) {
    case "check":
      return { kind: "check", answer: answerCheck(work, reader, version, () => host.interrupted()) };
    case "firings":
      return { kind: "firings", firings: answerFirings(work, reader) };
    case "repair": {
      const { interrupted, progress } = host;
      const means = { reader, interrupted, progress: (line: string) => progress("repair", line) };
      return { kind: "repair", answer: answerRepair(work, means) };
    }
    default: {
      const never: never = work;
      return never;
    }
  }
}

/** The disk, except that files open in the editor have the editor's texts. */
function withTexts(reader: FileReader, texts: LanguageWork["texts"]): FileReader {
  return {
    ...reader,
    read: (path) => {
      const text = texts.get(reader.resolve(path));
      return text === undefined ? reader.read(path) : { kind: "read", text };
    },
  };
}

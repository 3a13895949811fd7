import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes a file atomically: writes a temporary file beside it, then renames it. Returns an error message or nothing. A device
 * (`/dev/stdout`, `/dev/null`) or a pipe cannot be replaced and is written to directly.
 */
export function writeWhole(path: string, content: string | Uint8Array): string | undefined {
  let temporary: string | undefined;
  try {
    const target = resolved(path);
    const mode = target === undefined ? undefined : statSync(target);
    if (mode?.isDirectory() === true) return "it is a directory";
    if (mode !== undefined && !mode.isFile()) {
      writeAll(path, "w", content);
      return undefined;
    }
    // Renaming needs write permission only for the folder, but a read-only file must not be replaced.
    if (target !== undefined) accessSync(target, constants.W_OK);
    const place = target ?? path;
    // Its length does not depend on that of the name, which may be the longest that is allowed.
    temporary = join(dirname(place), `.ldfi-${process.pid}-${process.hrtime.bigint().toString(36)}`);
    writeAll(temporary, "wx", content);
    if (mode !== undefined) chmodSync(temporary, mode.mode & 0o7777);
    renameSync(temporary, place);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) removed(temporary);
    return reason(error);
  }
}

/** Writes a file that does not exist yet, and creates its folders. */
export function createFile(path: string, content: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeAll(path, "wx", content);
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** Removes a file if possible. */
export function removed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The earlier error is reported instead.
  }
}

/** Replaces the text of a file atomically and keeps a byte-order mark; refuses if the text is no longer `before`. */
export function replaceText(path: string, before: string, after: string): string | undefined {
  try {
    const text = readFileSync(path).toString("utf8");
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    if (text.slice(mark.length) !== before) return "it was changed after it was read";
    return writeWhole(path, mark + after);
  } catch (error) {
    return reason(error);
  }
}

/** Appends a line, with the file's own line endings, unless the file already has it. Atomic. */
export function appendLine(path: string, line: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    const text = bytes.toString("utf8");
    if (text.split(/\r?\n/).includes(line)) return undefined;
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const gap = text === "" || text.endsWith("\n") ? "" : end;
    return writeWhole(path, Buffer.concat([bytes, Buffer.from(gap + line + end, "utf8")]));
  } catch (error) {
    return reason(error);
  }
}

/** Why `appendLine` would fail, as far as that is known without writing; nothing if it should succeed. */
export function whyNotAppendable(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return "it is not a regular file";
    const target = realpathSync(path);
    accessSync(target, constants.R_OK | constants.W_OK);
    accessSync(dirname(target), constants.W_OK);
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** Resolves symbolic links, so that the file and not the link is replaced; nothing if there is no such file yet. */
function resolved(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function writeAll(path: string, flags: "w" | "wx", content: string | Uint8Array): void {
  const file = openSync(path, flags);
  try {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    if (flags === "wx") fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What went wrong with a file, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such folder";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "permission denied";
    case "EEXIST":
      return "it exists already";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on the device";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

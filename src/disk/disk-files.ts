import { closeSync, constants, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { FileReader, ReadResult } from "../source/file-reader.js";
import { diskFolders } from "./disk-folders.js";
import { failureOf } from "./failures.js";

/** The path that stands for standard input. */
export const stdinPath = "-";

/** Bytes of the largest file, or standard input, that is read. */
export const largestSource = 2 ** 28;

const tooLarge: ReadResult = {
  kind: "unreadable",
  reason: `it is too large: more than ${largestSource / 2 ** 20} MiB`,
};

/** The disk as a `FileReader`; `stdin` is the content of `-`. Nothing here throws. */
export function diskFiles(stdin?: Uint8Array): FileReader {
  return {
    read: (path) => (path === stdinPath && stdin !== undefined ? decode(stdin) : readFromDisk(path)),
    resolve: (path) => {
      if (path === stdinPath && stdin !== undefined) return path;
      try {
        return realpathSync(path);
      } catch {
        return resolve(path.replaceAll("\0", ""));
      }
    },
    folder: (path) => (path === stdinPath ? "." : dirname(path)),
    join: (folder, child) => (isAbsolute(child) ? child : join(folder, child)),
    list: diskFolders,
  };
}

function readFromDisk(path: string): ReadResult {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return { kind: "unreadable", reason: "it is a directory" };
    if (stat.isCharacterDevice() || stat.isBlockDevice()) return { kind: "unreadable", reason: "it is a device" };
    if (stat.isSocket()) return { kind: "unreadable", reason: "it is a socket" };
    if (stat.size > largestSource) return tooLarge;
    return decode(stat.isFIFO() ? readPipe(path) : readFileSync(path));
  } catch (error) {
    return failureOf(error);
  }
}

/** How long a pipe may be without a writer, in milliseconds. (A writer that opened and closed it without output looks the same.) */
const writersPatience = 10_000;

/**
 * Everything that comes through a pipe. Waiting for a writer inside `open` or `read` would block the thread forever, so this polls.
 * A pipe of the shell's, `<(…)`, is open already: there no data means the end.
 */
function readPipe(path: string): Uint8Array {
  const chunks: Buffer[] = [];
  const buffer = Buffer.alloc(2 ** 16);
  const pipe = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    let open = /^\/(dev|proc)\//.test(path);
    const patience = performance.now() + writersPatience;
    for (let total = 0; total <= largestSource; ) {
      const bytes = readSome(pipe, buffer);
      if (bytes === 0 && open) break;
      if (bytes === 0 && performance.now() > patience)
        throw new Error(`nobody wrote to it for ${writersPatience / 1000} s`);
      if (bytes === undefined || bytes === 0) {
        rest();
        continue;
      }
      open = true;
      total += bytes;
      chunks.push(Buffer.from(buffer.subarray(0, bytes)));
    }
  } finally {
    closeSync(pipe);
  }
  return Buffer.concat(chunks);
}

/** The number of bytes read, 0 if there is no writer (any more), or nothing while a writer is silent. */
function readSome(file: number, buffer: Buffer): number | undefined {
  try {
    return readSync(file, buffer);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
    throw error;
  }
}

/** Waits some milliseconds, in which the thread can be ended. */
function rest(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, 10);
}

function decode(bytes: Uint8Array): ReadResult {
  if (bytes.length > largestSource) return tooLarge;
  try {
    return { kind: "read", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return {
      kind: "unreadable",
      reason: `it is not UTF-8 text (an invalid byte in line ${lineOfFirstBadByte(bytes)})`,
    };
  }
}

/** Where lenient decoding and encoding again first differs from the bytes. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  let line = 1;
  for (let i = 0; i < bytes.length && bytes[i] === again[i]; i++) if (bytes[i] === 10) line++;
  return line;
}

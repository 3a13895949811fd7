import { readFileSync } from "node:fs";

export type ReadBytes =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The bytes of a file that is not a program. */
export function readBytes(path: string): ReadBytes {
  try {
    return { kind: "read", bytes: readFileSync(path) };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing ? { kind: "missing" } : { kind: "unreadable", reason: String(error) };
  }
}

import { normalOrigin } from "../hook/wire.js";

/** Whether a URL is of this machine, whose certificates are those of a developer. */
export function isLoopback(url: string): boolean {
  return new URL(normalOrigin(url)).hostname === "127.0.0.1";
}

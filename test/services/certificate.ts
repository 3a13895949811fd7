import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A certificate of one's own for this machine, and its key: files in a folder. */
export function certificateIn(folder: string): { readonly key: string; readonly cert: string } {
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"];
  const { status, stderr } = spawnSync("openssl", [...words, "-keyout", key, "-out", cert], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { key, cert };
}

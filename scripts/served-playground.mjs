// The playground as `ldfi playground` serves it, for the scripts that open it in a browser.
import { spawn } from "node:child_process";

/** Starts it in the repository's folder, which has to be the current one, with a program and its options; the process, which is to be killed, and the address of the page. */
export async function servePlayground(words) {
  const server = spawn(process.execPath, ["bin/ldfi.js", "playground", "--no-open", "--port", "0", ...words]);
  const address = await new Promise((resolve) => {
    let text = "";
    server.stdout.on("data", (part) => {
      text += part;
      const [, found] = /at (http:\S+)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { server, address };
}

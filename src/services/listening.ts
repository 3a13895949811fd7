import type { AddressInfo, Server } from "node:net";

const loopback = "127.0.0.1";

/** Opens a server; a port that is taken is an error. */
export function listening(server: Server, port: number, host = loopback): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

export function portOf(server: Server): number {
  const address = server.address() as AddressInfo | null;
  return address?.port ?? 0;
}

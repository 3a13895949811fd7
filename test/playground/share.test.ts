import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Shared } from "../../playground/share.js";
import { pack, unpack } from "../../playground/share.js";

const shared: Shared = {
  files: { texts: { "a.ded": 'log("a", 1)@1;' }, main: "a.ded", besides: [] },
  budget: { eot: 4, omissions: null },
};
const link = (value: unknown): string => `#p=${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;

describe("the link to a program", () => {
  test("what is packed is unpacked", async () => {
    const fragment = await pack(shared);
    expect(fragment).toMatch(/^p=[\w-]+$/);
    expect(await unpack(`#${fragment ?? ""}`)).toEqual({ kind: "shared", shared });
  });

  test("another fragment is of no program", async () => {
    expect([await unpack(""), await unpack("#t=4"), await unpack("#p=<img>")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("one that is damaged, or holds something else, is refused", async () => {
    expect(await unpack("#p=AAAA")).toEqual({ kind: "refused", why: "the link is damaged" });
    for (const value of [
      null,
      1,
      [],
      { files: {} },
      { files: { texts: { a: 1 }, main: "a", besides: [] }, budget: {} },
    ])
      expect(await unpack(link(value))).toEqual({ kind: "refused", why: "the link does not contain a program" });
  });

  test("of a budget nothing is taken but whole numbers, and any", async () => {
    const odd = { ...shared, budget: { eot: 4, eff: "5", crashes: 1.5, omissions: null } };
    expect(await unpack(link(odd))).toMatchObject({ shared: { budget: { eot: 4, omissions: null } } });
  });

  test("a link that would take all memory is not inflated", async () => {
    const bomb = `#p=${deflateRawSync(Buffer.alloc(50_000_000, "a")).toString("base64url")}`;
    expect(await unpack(bomb)).toEqual({ kind: "refused", why: "the content of the link is larger than 1 MB" });
    expect(await unpack(`#p=${"A".repeat(100_000)}`)).toEqual({
      kind: "refused",
      why: "the link is larger than 64 kB",
    });
  });

  test("a program that is too large has no link", async () => {
    const large: Shared = { ...shared, files: { ...shared.files, texts: { "a.ded": "a".repeat(2_000_000) } } };
    expect(await pack(large)).toBeUndefined();
  });
});

import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { Piece } from "../../src/cli/kept-threads.js";
import { KeptThreads, mostPieces } from "../../src/cli/kept-threads.js";

type Work = "answer" | "two messages" | "throw" | "leave" | "for ever";
interface Heard {
  readonly thread: number;
  /** Which piece of work of its thread this is. */
  readonly piece: number;
  readonly last: boolean;
}

const code = `
  const { parentPort, threadId } = require("node:worker_threads");
  let piece = 0;
  parentPort.on("message", (work) => {
    piece++;
    if (work === "throw") throw new Error("broken");
    if (work === "leave") process.exit(3);
    if (work !== "answer") parentPort.postMessage({ thread: threadId, piece, last: false });
    if (work === "for ever") for (;;);
    parentPort.postMessage({ thread: threadId, piece, last: true });
  });`;

const started: Worker[] = [];
function start(): Worker {
  const worker = new Worker(code, { eval: true });
  started.push(worker);
  return worker;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()));
});

const kept = (first?: Worker): KeptThreads<Work, Heard> => new KeptThreads(start, first);

/** What is heard of a piece of work, its failure included. */
function done(threads: KeptThreads<Work, Heard>, work: Work): Promise<readonly (Heard | string)[]> {
  return new Promise((resolve) => {
    const all: (Heard | string)[] = [];
    threads.begin(work, {
      heard: (message) => {
        all.push(message);
        if (message.last) resolve(all);
        return message.last;
      },
      failed: (error) => resolve([...all, error instanceof Error ? error.message : "?"]),
    });
  });
}

test("a thread that has ended its work does the next, beginning with the one that is there", async () => {
  const threads = kept(start());
  await done(threads, "two messages");
  expect(await done(threads, "answer")).toEqual([{ thread: started[0]?.threadId, piece: 2, last: true }]);
  expect(started.length).toBe(1);
});

test("another takes its place after some pieces of work", async () => {
  const threads = kept();
  let last: readonly unknown[] = [];
  for (let i = 0; i < mostPieces; i++) last = await done(threads, "answer");
  expect(last).toMatchObject([{ piece: mostPieces }]);
  expect(await done(threads, "answer")).toEqual([{ thread: started[1]?.threadId, piece: 1, last: true }]);
});

test("work that is begun meanwhile has a thread of its own, of which one is kept", async () => {
  const threads = kept();
  const both = await Promise.all([done(threads, "two messages"), done(threads, "two messages")]);
  expect(both).toMatchObject([
    [{ piece: 1 }, { piece: 1 }],
    [{ piece: 1 }, { piece: 1 }],
  ]);
  expect(started.length).toBe(2);
  expect(await done(threads, "answer")).toMatchObject([{ piece: 2 }]);
  expect(started.length).toBe(2);
});

test("nothing is heard of work that is stopped, and a new thread does the next", async () => {
  const threads = kept();
  const heard: Heard[] = [];
  const failures: unknown[] = [];
  await new Promise<void>((resolve) => {
    let piece: Piece | undefined;
    piece = threads.begin("for ever", {
      heard: (message) => {
        heard.push(message);
        piece?.stop();
        piece?.stop();
        resolve();
        return false;
      },
      failed: (error) => failures.push(error),
    });
  });
  expect(await done(threads, "answer")).toEqual([{ thread: started[1]?.threadId, piece: 1, last: true }]);
  expect([heard.length, failures.length]).toEqual([1, 0]);
});

test.each([
  ["throw", "broken"],
  ["leave", "the worker thread ended without a result"],
] as const)("the failure of a thread is told once, and a new one does the next: %s", async (work, message) => {
  const threads = kept();
  await done(threads, "answer");
  expect(await done(threads, work)).toEqual([message]);
  expect(await done(threads, "answer")).toMatchObject([{ piece: 1 }]);
});

test("a thread that ends without work is replaced", async () => {
  const threads = kept();
  await done(threads, "answer");
  await started[0]?.terminate();
  expect(await done(threads, "answer")).toMatchObject([{ thread: started[1]?.threadId, piece: 1 }]);
});

import type { Reply, Request } from "./protocol.js";

type Unnumbered = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;
export type Answer = Exclude<Reply, { kind: "progress" }>;

/** A worker for one request at a time: a newer request ends the current one, and so does `stop`. */
export class Crew {
  private worker: Worker | undefined;
  private busy = false;
  private count = 0;

  constructor(private readonly script: string) {}

  get isBusy(): boolean {
    return this.busy;
  }

  /** The answer; `undefined` if it was stopped or replaced by a newer request. It is stopped after `patience` milliseconds. */
  ask(
    request: Unnumbered,
    onProgress: (text: string) => void = () => undefined,
    patience = Infinity,
  ): Promise<Answer | undefined> {
    if (this.busy) this.stop();
    const worker = this.worker ?? new Worker(this.script);
    this.worker = worker;
    this.busy = true;
    const id = ++this.count;
    return new Promise((resolve) => {
      const timer = patience === Infinity ? undefined : setTimeout(() => this.stop(), patience);
      const end = (answer: Answer | undefined): void => {
        if (timer !== undefined) clearTimeout(timer);
        this.ended = undefined;
        resolve(answer);
      };
      this.ended = () => end(undefined);
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if (data.id !== id) return;
        if (data.kind === "progress") onProgress(data.text);
        else {
          this.busy = false;
          end(data);
        }
      };
      worker.onerror = () => {
        this.stop();
      };
      worker.postMessage({ ...request, id });
    });
  }

  private ended: (() => void) | undefined;

  /** Ends the current request; the next one gets a new worker. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.busy = false;
    this.ended?.();
  }
}

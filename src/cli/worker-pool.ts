import { Worker } from "node:worker_threads";

/** Threads that each do one piece of work at a time. */
export class WorkerPool<In, Out> {
  private readonly idle: Worker[] = [];
  private readonly all: Worker[] = [];
  private readonly waiting: ((worker: Worker) => void)[] = [];
  private closed = false;

  constructor(
    size: number,
    private readonly url: URL,
    private readonly workerData: unknown,
  ) {
    for (let i = 0; i < size; i++) this.idle.push(this.start());
  }

  private start(): Worker {
    const { workerData } = this;
    const worker = new Worker(this.url, { workerData });
    this.all.push(worker);
    return worker;
  }

  /** Sends a piece of work to the next free thread. An error in the thread rejects the promise and ends that thread. */
  async run(work: In): Promise<Out> {
    const worker = this.idle.pop() ?? (await new Promise<Worker>((resolve) => this.waiting.push(resolve)));
    try {
      const result = await answer<Out>(worker, work);
      this.free(worker);
      return result;
    } catch (error) {
      if (!this.closed) this.free(this.start());
      throw error;
    }
  }

  private free(worker: Worker): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(worker);
    else next(worker);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }
}

/** The thread's answer to a piece of work; rejects if the thread fails or ends first. */
function answer<Out>(worker: Worker, work: unknown): Promise<Out> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      // Listeners are removed one by one, since the pool has listeners of its own.
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      finish();
    };
    const onMessage = (result: Out): void => settle(() => resolve(result));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`a worker thread ended with status ${code}`)));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(work);
  });
}

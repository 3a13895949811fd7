/* What a hunt file asks for, read and with its defaults filled in. */

/** A fault of calls as the file describes it. `text` is what reports and fault sets call it. */
export type FaultSpec =
  | { readonly base: "refused" | "reset" | "timeout" | "lost-response" | "duplicate" | "down"; readonly text: string }
  | {
      readonly base: "error";
      readonly text: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly base: "delay"; readonly text: string; readonly milliseconds: number }
  /** The JSON of the answer is patched (RFC 7396), or its second half is cut off. */
  | { readonly base: "wrong"; readonly text: string; readonly patch: unknown | undefined };

export interface CommandSpec {
  readonly command: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
}

export interface ServiceSpec {
  readonly name: string;
  /** Started and stopped with the hunt. */
  readonly start:
    | (CommandSpec & {
        readonly env: Readonly<Record<string, string>>;
        readonly hook: boolean;
        /** Milliseconds until it has to be ready. */
        readonly readyWithin: number;
      })
    | undefined;
  readonly ready: string | undefined;
  /** Where it answers. */
  readonly origins: readonly string[];
}

/** A proxy before a service, for callers that have no hook. */
export interface EdgeSpec {
  readonly from: string;
  readonly to: string;
  readonly host: string;
  readonly port: number;
  readonly target: string;
}

export interface RequestSpec {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What an answer has to be like. */
export interface Expected {
  /** Any of these; any status if empty. */
  readonly status: readonly number[];
  /** What its JSON has to contain. */
  readonly json: unknown | undefined;
  /** Its exit status decides. */
  readonly command: CommandSpec | undefined;
  /** That there is no answer in time is this outcome. */
  readonly none: boolean;
}

export interface HuntSpec {
  readonly name: string;
  /** Absolute: the folder of the file. */
  readonly folder: string;
  readonly services: readonly ServiceSpec[];
  readonly edges: readonly EdgeSpec[];
  readonly routes: readonly string[];
  readonly ignore: readonly string[];
  readonly inject: CommandSpec | undefined;
  readonly before: CommandSpec | undefined;
  readonly request: RequestSpec;
  /** In the order of the file: clean runs have to give the first. */
  readonly expect: readonly { readonly name: string; readonly expected: Expected }[];
  readonly after: CommandSpec | undefined;
  /** What the same request has to be answered afterwards, without faults. */
  readonly recovery: Expected | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly faults: readonly FaultSpec[];
  readonly budget: { readonly faults: number; readonly runs: number; readonly seconds: number | undefined };
  readonly spare: readonly string[];
  readonly restartEachRun: boolean;
}

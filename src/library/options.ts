import type { RunOptions } from "../execution/run.js";
import type { NumericBound } from "../faults/bounds.js";
import { boundRows } from "../faults/bounds.js";
import type { LoadOptions } from "../program/includes.js";
import type { LintOptions } from "../program/lint/index.js";
import type { BreakOptions } from "../search/break.js";
import type { CheckOptions } from "../search/check.js";
import type { FrontierOptions } from "../search/frontier.js";
import type { Limits } from "../search/limits.js";
import type { SweepOptions } from "../search/sweep.js";
import type { StrategyName } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { TestEnvironment, TestRun } from "../testing/runner.js";
import type { CheckFilesOptions, ReplayFilesOptions } from "./checked.js";
import type { RenderOptions } from "./render-options.js";
import type { Shape } from "./shapes.js";
import {
  callable,
  flag,
  integerFrom,
  integerOrInfinity,
  list,
  objectWith,
  oneOf,
  optionName,
  seconds,
  shown,
  text,
  texts,
} from "./shapes.js";

/* The options of the library's functions: every name, and the required form of its value. A name that is not listed is a misspelling. */

export type Shapes = Readonly<Record<string, Shape>>;

/** A table that has every option of a type, and no other. */
type ShapesOf<T> = Readonly<Record<keyof T, Shape>>;

const strategies: Readonly<Record<StrategyName, true>> = {
  lineage: true,
  exhaustive: true,
  random: true,
  alternate: true,
};

const bounds = Object.fromEntries(
  boundRows.map(({ bound, least, canBeAny }) => [bound, canBeAny ? integerOrInfinity(least) : integerFrom(least)]),
) as Readonly<Record<NumericBound, Shape>>;

export const checkShapes: ShapesOf<CheckOptions> = {
  ...bounds,
  eot: integerFrom(1),
  eff: integerFrom(0),
  nodes: texts,
  spare: texts,
  pre: text,
  post: text,
  never: text,
  promise: texts,
  strategy: oneOf(Object.keys(strategies)),
  seed: integerFrom(Number.MIN_SAFE_INTEGER),
  maxRuns: integerFrom(1),
  maxTuples: integerFrom(1),
  timeout: seconds,
  all: flag,
  now: callable,
  interrupted: callable,
  onProgress: callable,
  onDimacs: callable,
  solver: callable,
};

export const breakShapes: ShapesOf<BreakOptions> = without(checkShapes, "strategy", "seed", "all", "pre", "post");

export const programShape = objectWith("a program made by `load`", "rules", "relations", "facts");

export const settingShape = objectWith("a setting made by `prepare`", "program", "budget", "specification");

export const tupleShape = objectWith("a tuple at an instant", "relation", "instant", "args");

export const readerShape = objectWith("a file reader", "read", "resolve", "folder", "join");

export const loadShapes: ShapesOf<LoadOptions> = { includeDirs: texts, parse: callable };

export const checkFilesShapes: ShapesOf<CheckFilesOptions> = {
  ...checkShapes,
  includeDirs: texts,
  reader: readerShape,
  strict: flag,
};

const rangeShape = objectWith("a range", "from", "to");

export const sweepShapes: ShapesOf<SweepOptions> = {
  ...without(checkShapes, "eot", "eff", "all", "onDimacs"),
  maxEot: integerFrom(1),
  patience: integerFrom(0),
  onStep: callable,
};

export const frontierShapes: ShapesOf<FrontierOptions> = {
  ...without(checkShapes, "eot", "eff", "crashes", "all", "onDimacs"),
  ranges: {
    words: "{ eot, eff, crashes }, each a range with `from` and `to`",
    accepts: (value) =>
      typeof value === "object" &&
      value !== null &&
      ["eot", "eff", "crashes"].every((name) => rangeShape.accepts(Reflect.get(value, name))),
  },
  onStep: callable,
};

export const runShapes: ShapesOf<RunOptions> = {
  nodes: texts,
  eot: integerFrom(1),
  schedule: list,
  inputs: list,
  memory: objectWith("a memory", "observer", "durable"),
  maxTuples: integerFrom(1),
  tick: callable,
};

export const lintShapes: ShapesOf<LintOptions> = { nodes: texts, pre: text, post: text, never: text };

const limitShapes: ShapesOf<Limits> = {
  maxRuns: integerFrom(1),
  timeout: seconds,
  now: callable,
  interrupted: callable,
};

export const replayShapes: Shapes = limitShapes;

export const replayFilesShapes: ShapesOf<ReplayFilesOptions> = {
  ...limitShapes,
  eot: checkShapes.eot,
  nodes: texts,
  pre: text,
  post: text,
  never: text,
  promise: texts,
  maxTuples: checkShapes.maxTuples,
  includeDirs: texts,
  reader: readerShape,
  inputs: texts,
};

export const renderShapes: ShapesOf<RenderOptions> = {
  colour: flag,
  unicode: flag,
  width: integerFrom(1),
  verbose: flag,
};

export const testEnvironmentShapes: ShapesOf<TestEnvironment> = {
  reader: readerShape,
  includeDirs: texts,
  strict: flag,
  inWords: callable,
  interrupted: callable,
  recall: callable,
  now: callable,
  onCase: callable,
};

export const testRunShapes: ShapesOf<TestRun> = {
  run: callable,
  jobs: integerFrom(1),
  bail: flag,
  interrupted: callable,
  onResult: callable,
};

export const testFileShape = objectWith("a file of `expectationsIn`", "path", "cases");

function without<T extends object, K extends keyof T>(shapes: T, ...names: readonly K[]): Omit<T, K> {
  const left = Object.entries(shapes).filter(([name]) => !names.some((other) => other === name));
  return Object.fromEntries(left) as Omit<T, K>;
}

/** A wrong option, and its diagnostic. */
export interface WrongOption {
  readonly option: string;
  readonly diagnostic: Diagnostic;
}

/** The options of a call that are wrong, in the order of the call. `undefined` stands for the default. */
export function wrongOptions(
  callee: string,
  options: unknown,
  shapes: Shapes,
  required: readonly string[] = [],
): readonly WrongOption[] {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return [wrongValue("options", options, { words: "an object", accepts: () => false })];
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const names = Object.keys(shapes);
  const missing = required.filter((name) => !given.some(([other]) => other === name));
  return [
    ...given.flatMap(([name, value]): readonly WrongOption[] => {
      const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
      if (shape === undefined) return [unknownOption(callee, name, names)];
      return shape.accepts(value) ? [] : [wrongValue(name, value, shape)];
    }),
    ...missing.flatMap((name) => {
      const shape = shapes[name];
      return shape === undefined ? [] : [wrongValue(name, undefined, shape)];
    }),
  ];
}

/** The arguments of a call that are wrong. */
export function wrongArguments(given: Readonly<Record<string, readonly [unknown, Shape]>>): readonly WrongOption[] {
  return Object.entries(given).flatMap(([name, [value, shape]]) =>
    shape.accepts(value) ? [] : [wrongValue(name, value, shape)],
  );
}

function wrongValue(option: string, value: unknown, { words }: Shape): WrongOption {
  const message = `${optionName(option)} is ${shown(value)}, and has to be ${words}`;
  return { option, diagnostic: diagnostic("bad-option", { message }) };
}

function unknownOption(callee: string, option: string, names: readonly string[]): WrongOption {
  const beginning = names.find((name) => option.length > 2 && (name.startsWith(option) || option.startsWith(name)));
  const meant = nearest(option, names) ?? beginning;
  const help = meant === undefined ? `the options are ${names.join(", ")}` : `did you mean ${optionName(meant)}?`;
  const message = `\`${callee}\` has no option ${optionName(option)}`;
  return { option, diagnostic: diagnostic("bad-option", { message, help }) };
}

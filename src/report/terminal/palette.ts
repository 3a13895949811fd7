import type { ChalkInstance } from "chalk";

/** Colours text by its meaning. No meaning is conveyed by colour alone. */
export interface Palette {
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly unsure: (text: string) => string;
  readonly lost: (text: string) => string;
  readonly added: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly node: (text: string) => string;
}

/** The palette on a chalk whose level somebody decided. */
export function palette(chalk: ChalkInstance): Palette {
  return {
    bad: (text) => chalk.bold.red(text),
    good: (text) => chalk.bold.green(text),
    unsure: (text) => chalk.bold.yellow(text),
    lost: (text) => chalk.red(text),
    added: (text) => chalk.green(text),
    heading: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    node: (text) => chalk.cyan(text),
  };
}

const same = (text: string): string => text;

const plain: Palette = {
  bad: same,
  good: same,
  unsure: same,
  lost: same,
  added: same,
  heading: same,
  faint: same,
  node: same,
};

/** What a text renderer has to know about its output. */
export interface Style {
  readonly palette: Palette;
  readonly unicode: boolean;
  readonly width: number;
}

export const plainStyle: Style = { palette: plain, unicode: true, width: 80 };

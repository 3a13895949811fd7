/** What the output may use: decided once, here, and passed to the renderers. */
export interface Terminal {
  readonly colour: boolean;
  readonly unicode: boolean;
  readonly width: number;
}

/** The parts of a process on which the decision rests. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number };
  readonly platform: string;
}

export interface TerminalFlags {
  /** `--no-color`. */
  readonly noColour: boolean;
  /** `--ascii`. */
  readonly ascii: boolean;
}

const defaultWidth = 80;

/**
 * Colour: `--no-color`, then `FORCE_COLOR`, then `NO_COLOR`, then whether this is a terminal.
 * Unicode: always where the output is not a terminal, so that a pipe carries the same bytes under every locale;
 * at a terminal, where the locale is UTF-8.
 */
export function terminalOf({ env, stdout, platform }: Surroundings, flags: TerminalFlags): Terminal {
  const tty = stdout.isTTY === true;
  return {
    colour: colour(env, tty, flags.noColour),
    unicode: !flags.ascii && (!tty || speaksUnicode(env, platform)),
    width: tty && stdout.columns !== undefined && stdout.columns > 0 ? stdout.columns : defaultWidth,
  };
}

function colour(env: Surroundings["env"], tty: boolean, noColour: boolean): boolean {
  if (noColour) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env.NO_COLOR ?? "") !== "") return false;
  return tty && env.TERM !== "dumb";
}

function speaksUnicode(env: Surroundings["env"], platform: string): boolean {
  if (env.TERM === "dumb" || env.TERM === "linux") return false;
  if (platform === "win32") return env.WT_SESSION !== undefined || env.TERM_PROGRAM === "vscode";
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((l) => l !== undefined && l !== "");
  return platform === "darwin" || (locale !== undefined && /utf-?8/i.test(locale));
}

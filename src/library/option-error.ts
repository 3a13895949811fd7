import type { Diagnostic } from "../source/diagnostic.js";
import type { WrongOption } from "./options.js";

/**
 * Thrown by functions whose results have no diagnostics if an option or an argument is wrong: a mistake of the caller, which TypeScript
 * would also find. `checkFiles` and `prepare` return diagnostics instead.
 */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** The first option, or argument, that is wrong. */
  readonly option: string;
  /** One diagnostic for each of them. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(callee: string, wrong: readonly [WrongOption, ...WrongOption[]]) {
    const said = wrong.map(({ diagnostic: { message, help } }) =>
      help === undefined ? message : `${message} (${help})`,
    );
    super(`${callee}: ${said.join("; ")}`);
    this.option = wrong[0].option;
    this.diagnostics = wrong.map(({ diagnostic }) => diagnostic);
  }
}

/** Throws if something is wrong. */
export function demandRight(callee: string, wrong: readonly WrongOption[]): void {
  const [first, ...more] = wrong;
  if (first !== undefined) throw new OptionError(callee, [first, ...more]);
}

import type { TextStyle } from "../report/terminal/text-style.js";

/** The style of a verdict's text; by default without colour, in Unicode, 80 columns wide. */
export interface RenderOptions extends Partial<TextStyle> {
  /** Whether to show what each fault is needed for, and the tables at the end of time, as `ldfi check -v` does. */
  readonly verbose?: boolean;
}

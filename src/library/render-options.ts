import type { TextStyle } from "../report/terminal/text-style.js";

/** How the text of a verdict looks; by default without colour, in Unicode, 80 columns wide. */
export interface RenderOptions extends Partial<TextStyle> {
  /** Whether to say what each fault is for, and to show the tables at the end of time, as `ldfi check -v` does. */
  readonly verbose?: boolean;
}

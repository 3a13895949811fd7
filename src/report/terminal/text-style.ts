/** The characters, colours and width that a text may use. */
export interface TextStyle {
  readonly colour: boolean;
  /** Whether drawings use more than ASCII. */
  readonly unicode: boolean;
  /** Columns. */
  readonly width: number;
}

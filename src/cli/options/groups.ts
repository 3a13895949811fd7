/* Commands that have many options in common, for rows of the table. */

/** Those that read one program. */
export const ofPrograms = ["check", "run", "break", "sweep", "repair"] as const;

export const every = [...ofPrograms, "test"] as const;

/** Those that print what is wrong with a text, and no results. */
export const ofTexts = ["lint", "fmt", "verify", "init", "explain"] as const;

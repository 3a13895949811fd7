/**
 * How a path is written in a report for a code host, which does not know the folder in which `ldfi` ran: relative to the
 * root of the repository.
 */
export type PathName = (path: string) => string;

/** The path unchanged. */
export const asGiven: PathName = (path) => path;

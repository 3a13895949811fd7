/**
 * How a path is written in a report that is read elsewhere, where the folder that `ldfi` ran in means nothing: what code
 * hosts show beside lines has to be relative to the root of the repository.
 */
export type PathName = (path: string) => string;

/** As it is. */
export const asGiven: PathName = (path) => path;

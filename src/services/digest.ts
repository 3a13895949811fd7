/** A short digest of a text, for names of files and comparison. */
export { hash as digest } from "../hook/wire.js";

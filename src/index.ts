// The public library. Nothing in it prints, exits or reads the environment.
export { check, prepare } from "./search/check.js";

// What scripts/estimates.mjs asks for: the library has no estimates.
export { expectationsIn, load } from "../../src/index.js";
export { check, prepare } from "../../src/search/check.js";
export { estimate } from "../../src/search/estimate.js";

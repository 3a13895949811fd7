// The bugs that are switched on: BUGS=fallback,swallowed,retry,patience. Without any this is a shop that does as it should.
const on = new Set((process.env.BUGS ?? "").split(","));

/** The cache asks the store, which has just failed. */
export const fallback = on.has("fallback");
/** A payment is made again when its answer is lost, and the ledger does not recognise it. */
export const retry = on.has("retry");
/** The shop waits for the payment for longer than its customer waits for the shop. */
export const patience = on.has("patience");

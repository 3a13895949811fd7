import type { Edit } from "../candidates/edit.js";
import type { Price } from "./price.js";

/* Which repairs are not worth offering beside others. */

export interface Priced {
  readonly edits: readonly Edit[];
  readonly price: Price;
}

/**
 * Whether no named price of a repair is lower than that of another, which comes before it in the order of offers, and is a part of it or has
 * the same templates and no more edited rules.
 */
export function isDominated(repaired: Priced, other: Priced): boolean {
  const { price } = repaired;
  return (
    (isPart(other, repaired) || (sameTemplates(other, repaired) && rulesOf(other.price) <= rulesOf(price))) &&
    price.messages >= other.price.messages &&
    price.messagesPerInstant >= other.price.messagesPerInstant &&
    price.settlesLater >= other.price.settlesLater &&
    price.promisesUnder <= other.price.promisesUnder
  );
}

function isPart(part: Priced, whole: Priced): boolean {
  const keys = new Set(whole.edits.flatMap(changeKeys));
  const own = part.edits.flatMap(changeKeys);
  return own.length < keys.size && own.every((key) => keys.has(key));
}

function sameTemplates(a: Priced, b: Priced): boolean {
  const names = ({ edits }: Priced): string => edits.map(({ template }) => template).join();
  return names(a) === names(b);
}

export function rulesOf({ rulesAdded, rulesChanged }: Price): number {
  return rulesAdded + rulesChanged;
}

function changeKeys({ changes }: Edit): readonly string[] {
  return changes.flatMap((change) =>
    change.kind === "add-rules" ? change.rules.map((rule) => JSON.stringify(rule)) : [JSON.stringify(change)],
  );
}

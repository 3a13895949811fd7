import type { Edit } from "./edit.js";
import { editKey } from "./edit.js";
import type { Situation } from "./situation.js";
import { askAgain } from "./templates/ask-again.js";
import { durable } from "./templates/durable.js";
import { leaseEndsFirst } from "./templates/lease-ends-first.js";
import { newestOnly } from "./templates/newest-only.js";
import { once } from "./templates/once.js";
import { quorum } from "./templates/quorum.js";
import { relay } from "./templates/relay.js";
import { remember } from "./templates/remember.js";
import { retry } from "./templates/retry.js";
import { wait } from "./templates/wait.js";
import { waitUntilHeld } from "./templates/wait-until-held.js";

const templates: readonly ((situation: Situation) => readonly Edit[])[] = [
  durable,
  remember,
  quorum,
  waitUntilHeld,
  relay,
  askAgain,
  once,
  newestOnly,
  retry,
  wait,
  leaseEndsFirst,
];

/** Every edit that the catalogue has for the places of a counterexample, each once, the smaller templates first. */
export function editsFor(situation: Situation): readonly Edit[] {
  const found = new Map<string, Edit>();
  for (const edit of templates.flatMap((template) => template(situation))) {
    const key = editKey(edit);
    if (!found.has(key)) found.set(key, edit);
  }
  return [...found.values()];
}

import type { Tally } from "./mix.js";
import { Mix } from "./mix.js";
import type { Failure, Generated, Suite } from "./suite.js";
import { isRefused, shrunk } from "./suite.js";

/** How far a campaign has come: kept between runs. */
export interface CampaignState {
  /** The first seed not examined yet. */
  readonly next: number;
  readonly tally: Tally;
  /** By property: seeds passed, skipped, failed. */
  readonly results: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Campaign<C extends Generated, S, P extends { readonly name: string }> {
  readonly suite: Suite<C, S, P>;
  readonly properties: readonly P[];
  /** One past the last seed. */
  readonly end: number;
  readonly onFailure: (failure: Failure<C>) => void;
  /** Called after each seed; to stop, return false. */
  readonly onSeed: (state: CampaignState) => boolean;
}

export const emptyState = (first: number): CampaignState => ({ next: first, tally: {}, results: {} });

/** Examines seed after seed, from where `state` left off. */
export function runCampaign<C extends Generated, S, P extends { readonly name: string }>(
  campaign: Campaign<C, S, P>,
  start: CampaignState,
): CampaignState {
  const { suite } = campaign;
  const mix = new Mix(start.tally);
  const results = new Map(
    Object.entries(start.results).map(([name, counts]) => [name, new Map(Object.entries(counts))]),
  );
  const snapshot = (next: number): CampaignState => ({
    next,
    tally: mix.tally,
    results: Object.fromEntries([...results].map(([name, counts]) => [name, Object.fromEntries(counts)])),
  });
  let state = start;
  for (let seed = start.next; seed < campaign.end; seed++) {
    const generated = suite.generate(seed);
    const subject = suite.subjectOf(generated);
    if (isRefused(subject)) {
      mix.refuse(subject.refused);
    } else {
      mix.add(suite.traits(subject));
      for (const property of campaign.properties) {
        const finding = suite.examine(property, subject, seed);
        const counts = results.get(property.name) ?? new Map<string, number>();
        results.set(property.name, counts);
        counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
        if (finding.kind === "passed") for (const note of finding.notes) mix.note(property.name, note);
        else if (finding.kind === "skipped") mix.note(property.name, `skipped: ${finding.reason}`);
        else campaign.onFailure(shrunk(suite, property, generated, 1500));
      }
    }
    state = snapshot(seed + 1);
    if (!campaign.onSeed(state)) break;
  }
  return state;
}

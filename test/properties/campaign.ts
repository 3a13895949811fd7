import type { Tally } from "./mix.js";
import { Mix } from "./mix.js";
import type { Failure } from "./properties.js";
import { examine, properties, shrunk, subjectOfSeed } from "./properties.js";
import type { Property } from "./subject.js";

/** How far a campaign has come: kept between runs. */
export interface CampaignState {
  /** The first seed not examined yet. */
  readonly next: number;
  readonly tally: Tally;
  /** By property: seeds passed, skipped, failed. */
  readonly results: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Campaign {
  readonly properties: readonly Property[];
  /** One past the last seed. */
  readonly end: number;
  readonly onFailure: (failure: Failure) => void;
  /** Called after each seed; to stop, return false. */
  readonly onSeed: (state: CampaignState) => boolean;
}

export const emptyState = (first: number): CampaignState => ({ next: first, tally: {}, results: {} });

/** Examines seed after seed, from where `state` left off. */
export function runCampaign(campaign: Campaign, start: CampaignState): CampaignState {
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
    const subject = subjectOfSeed(seed);
    if ("refused" in subject) {
      mix.refuse(subject.refused);
    } else {
      mix.add(subject);
      for (const property of campaign.properties) {
        const finding = examine(property, subject, seed);
        const counts = results.get(property.name) ?? new Map<string, number>();
        results.set(property.name, counts);
        counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
        if (finding.kind === "passed") for (const note of finding.notes) mix.note(property.name, note);
        else if (finding.kind === "skipped") mix.note(property.name, `skipped: ${finding.reason}`);
        else campaign.onFailure(shrunk(property, subject.case, 1500));
      }
    }
    state = snapshot(seed + 1);
    if (!campaign.onSeed(state)) break;
  }
  return state;
}

export function propertiesNamed(names: readonly string[]): readonly Property[] {
  if (names.length === 0) return properties;
  return names.map((name) => {
    const found = properties.find((p) => p.name === name);
    if (found === undefined)
      throw new Error(`no property ${name}: there are ${properties.map((p) => p.name).join(", ")}`);
    return found;
  });
}

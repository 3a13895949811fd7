/**
 * A seeded source of choices: the same seed, the same choices, on every machine. mulberry32 (T. Ettinger, public
 * domain): a 32-bit counter, mixed. Good enough to choose programs with; not for anything else.
 */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed | 0, 0x9e3779b1) + 0x7f4a7c15) | 0;
  }

  /** A fraction in [0, 1). */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let z = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer in low … high, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.integer(0, choices.length - 1)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  }

  pickOrNone<T>(choices: readonly T[]): T | undefined {
    return choices.length === 0 ? undefined : this.pick(choices);
  }

  /** Picks with the given weights. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.fraction() * total;
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return this.pick(choices)[1];
  }

  shuffled<T>(values: readonly T[]): readonly T[] {
    const result = [...values];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      const a = result[i];
      const b = result[j];
      if (a !== undefined && b !== undefined) {
        result[i] = b;
        result[j] = a;
      }
    }
    return result;
  }

  /** Some of the values, in their order. */
  some<T>(values: readonly T[], probability: number): readonly T[] {
    return values.filter(() => this.chance(probability));
  }

  /** An independent source, so that what one part draws does not shift what another draws. */
  fork(salt: number): Random {
    return new Random(Math.imul(this.state ^ Math.imul(salt, 0x85ebca6b), 0xc2b2ae35));
  }
}

/*
 * Truncated polynomials in several variables with integer coefficients: terms beyond a degree in a variable, or beyond a total
 * degree, are dropped. Their product counts combinations; with x for an omission and y for a crash,
 *
 *     (1 + x)(1 + x)(1 + 5y) = 1 + 2x + x² + 5y + 10xy + 5x²y        two messages, one node that can crash at 5 instants
 *
 * and the coefficient of x·y is the number of schedules with one omission and one crash.
 */

/** The coefficients of the terms that are kept, in the order of `Truncation.terms`. */
export type Polynomial = readonly bigint[];

/** The terms that are kept, and arithmetic on polynomials of these terms. */
export class Truncation {
  /** The exponents of each term, the constant term first. */
  readonly terms: readonly (readonly number[])[];
  private readonly strides: readonly number[];
  private readonly totals: readonly number[];

  /** `degrees`: the largest degree of each variable; `total`: the largest total degree. */
  constructor(
    private readonly degrees: readonly number[],
    private readonly total: number,
  ) {
    const strides: number[] = [];
    let terms: readonly (readonly number[])[] = [[]];
    for (const degree of degrees) {
      strides.push(terms.length);
      const shorter = terms;
      terms = Array.from({ length: degree + 1 }, (_, e) => shorter.map((term) => [...term, e])).flat();
    }
    this.strides = strides;
    this.terms = terms;
    this.totals = terms.map((term) => term.reduce((sum, e) => sum + e, 0));
  }

  /** The polynomial with these terms; coefficients of equal terms are added. */
  of(terms: Iterable<{ readonly exponents: readonly number[]; readonly coefficient: bigint }>): Polynomial {
    const result = this.zero();
    for (const { exponents, coefficient } of terms) {
      if (exponents.some((e, v) => e > (this.degrees[v] ?? 0))) continue;
      const index = exponents.reduce((sum, e, v) => sum + e * (this.strides[v] ?? 0), 0);
      if ((this.totals[index] ?? 0) <= this.total) result[index] = (result[index] ?? 0n) + coefficient;
    }
    return result;
  }

  times(p: Polynomial, q: Polynomial): Polynomial {
    const result = this.zero();
    const right = [...q.entries()].filter(([, coefficient]) => coefficient !== 0n);
    for (const [i, a] of p.entries()) {
      if (a === 0n) continue;
      for (const [j, b] of right) {
        // Adding exponents adds the indices of the terms, as long as no exponent exceeds its degree.
        if (this.has(i, j)) result[i + j] = (result[i + j] ?? 0n) + a * b;
      }
    }
    return result;
  }

  /** Precondition: the constant term of `p` is at least 1. */
  power(p: Polynomial, exponent: bigint): Polynomial {
    if (this.isLinear(p)) return this.linearPower(p, exponent);
    let [result, square] = [this.of([{ exponents: [], coefficient: 1n }]), p];
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) result = this.times(result, square);
      if (rest > 1n) square = this.times(square, square);
    }
    return result;
  }

  /** An upper bound on the multiplications of coefficients that `power` takes. */
  workOf(p: Polynomial, exponent: bigint): number {
    const size = this.terms.length;
    return this.isLinear(p) ? size : 2 * size * size * exponent.toString(2).length;
  }

  /** The sums of the coefficients of each total degree. */
  byTotal(p: Polynomial): readonly bigint[] {
    const sums: bigint[] = [];
    for (const [i, coefficient] of p.entries()) {
      const total = this.totals[i] ?? 0;
      while (sums.length <= total) sums.push(0n);
      sums[total] = (sums[total] ?? 0n) + coefficient;
    }
    return sums;
  }

  /** By the multinomial theorem: (a + Σ wᵥ·xᵥ)^m has m! / (Π eᵥ! · (m − Σ eᵥ)!) · a^(m − Σ eᵥ) · Π wᵥ^eᵥ at Π xᵥ^eᵥ. */
  private linearPower(p: Polynomial, exponent: bigint): Polynomial {
    const result = this.zero();
    const constant = p[0] ?? 0n;
    result[0] = constant ** exponent;
    for (const [i, term] of this.terms.entries()) {
      const v = term.findIndex((e) => e > 0);
      if (v < 0 || (this.totals[i] ?? 0) > this.total) continue;
      const stride = this.strides[v] ?? 0;
      const [before, left] = [result[i - stride] ?? 0n, exponent - BigInt(this.totals[i - stride] ?? 0)];
      result[i] = (before * left * (p[stride] ?? 0n)) / (BigInt(term[v] ?? 1) * constant);
    }
    return result;
  }

  private isLinear(p: Polynomial): boolean {
    return p.every((coefficient, i) => coefficient === 0n || (this.totals[i] ?? 0) <= 1);
  }

  private has(i: number, j: number): boolean {
    if ((this.totals[i] ?? 0) + (this.totals[j] ?? 0) > this.total) return false;
    return this.degrees.every((degree, v) => (this.terms[i]?.[v] ?? 0) + (this.terms[j]?.[v] ?? 0) <= degree);
  }

  private zero(): bigint[] {
    return this.terms.map(() => 0n);
  }
}

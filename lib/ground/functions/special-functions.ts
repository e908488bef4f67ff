import { checkNumber } from "../arguments/kinds.ts";
import { describe } from "../arguments/plain-numbers.ts";

/** Coefficients B₂ₖ/(2k(2k − 1)) of Stirling's series for log Γ, k = 1 … 8. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** From here on the eight terms give all digits of a double. */
const LARGE = 12;

/**
 * Logarithm of the gamma function, log Γ(x) for x > 0 in double precision (error below 1e-13·max(1, |log Γ|)).
 *
 * Γ(x) = Γ(x + n)/(x(x + 1)⋯(x + n − 1)) moves the argument up to 12, from where Stirling's series takes over.
 *
 * @throws RangeError if x is not positive.
 * @see Abramowitz and Stegun 1964, 6.1.15 and 6.1.40.
 */
export function logGamma(x: number): number {
  checkNumber("logGamma", "x", x);
  if (!(x > 0)) throw new RangeError(`logGamma: expected x > 0; got ${x}`);
  let [shifted, product] = [x, 1];
  for (; shifted < LARGE; shifted += 1) product *= shifted;
  const series = STIRLING.reduceRight((sum, term) => sum / shifted ** 2 + term, 0) / shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
  );
}

/**
 * Digamma, ψ(x) = d/dx log Γ(x), for x > 0 in double precision (error below 1e-13·max(1, |ψ|)).
 *
 * @throws RangeError if x is not positive.
 * @see Abramowitz and Stegun 1964, 6.3.5 and 6.3.18.
 */
export function digamma(x: number): number {
  checkNumber("digamma", "x", x);
  if (!(x > 0)) throw new RangeError(`digamma: expected x > 0; got ${x}`);
  let [shifted, correction] = [x, 0];
  for (; shifted < LARGE; shifted += 1) correction += 1 / shifted;
  // The derivative of Stirling's series, term by term: c x^{1−2k} becomes (1 − 2k) c x^{−2k}.
  const series = STIRLING.reduceRight((sum, term, k) => sum / shifted ** 2 - (2 * k + 1) * term, 0);
  return Math.log(shifted) - 0.5 / shifted + series / shifted ** 2 - correction;
}

/**
 * Scaled modified Bessel function of the first kind, e^{−κ} I_n(κ) for κ ≥ 0 and n = 0 or 1, in double precision.
 *
 * The power series, whose terms are all positive, up to κ = 40; beyond it Hankel's asymptotic series, of which the
 * smallest term is then below 1e-30. I₀ itself would overflow from κ = 714 on.
 *
 * @throws RangeError if κ is negative.
 * @see Abramowitz and Stegun 1964, 9.6.10 and 9.7.1.
 */
export function scaledBesselI(order: 0 | 1, kappa: number): number {
  checkNumber("scaledBesselI", "κ", kappa);
  if (order !== 0 && order !== 1) {
    throw new RangeError(`scaledBesselI: expected the order 0 or 1; got ${describe(order)}`);
  }
  if (!(kappa >= 0)) throw new RangeError(`scaledBesselI: expected κ ≥ 0; got ${kappa}`);
  const isSmall = kappa <= 40;
  let term = isSmall ? (kappa / 2) ** order * Math.exp(-kappa) : 1 / Math.sqrt(2 * Math.PI * kappa);
  let total = term;
  for (let k = 1; k < 200 && Math.abs(term) > 1e-18 * total; k++) {
    term *= isSmall
      ? kappa ** 2 / 4 / (k * (k + order))
      : ((2 * k - 1) ** 2 - 4 * order ** 2) / (8 * k * kappa);
    total += term;
  }
  return total;
}

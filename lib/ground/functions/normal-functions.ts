import { checkNumber } from "../arguments/kinds.ts";

/** √(2π) */
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * Density of the standard normal distribution, φ(z) = exp(−z²/2)/√(2π), in double precision.
 *
 * @see Prince, Understanding Deep Learning, equation 16.27.
 */
export function normalDensity(z: number): number {
  checkNumber("normalDensity", "z", z);
  return Math.exp((-z * z) / 2) / ROOT_TWO_PI;
}

/**
 * Distribution function of the standard normal, Φ(z) = ∫_{−∞}^z φ(t) dt, in double precision.
 *
 * Near 0 by Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …), whose terms all have one sign; in the tails by Laplace's
 * continued fraction for Φ(−z)/φ(z), so that small probabilities keep their leading digits. Relative error < 1e-13.
 *
 * @see Marsaglia 2004, "Evaluating the normal distribution", Journal of Statistical Software 11(4).
 */
export function normalCdf(z: number): number {
  checkNumber("normalCdf", "z", z);
  if (Number.isNaN(z)) return Number.NaN;
  if (Math.abs(z) < 2) return 0.5 + normalDensity(z) * oddSeries(z);
  const tail = Math.abs(z) > 39 ? 0 : normalDensity(z) / laplaceFraction(Math.abs(z));
  return z < 0 ? tail : 1 - tail;
}

function oddSeries(z: number): number {
  let [term, total] = [z, z];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(total); odd += 2) {
    term *= (z * z) / odd;
    total += term;
  }
  return total;
}

/** z + 1/(z + 2/(z + 3/(z + …))), evaluated from its 160th level, enough for z ≥ 2. */
function laplaceFraction(z: number): number {
  let value = z;
  for (let level = 160; level > 0; level--) value = z + level / value;
  return value;
}

// Coefficients of algorithm AS 241 (PPND16): numerators and denominators of three rational functions.
const CENTRE = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const TAIL = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const FAR_TAIL = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/**
 * Quantile function of the standard normal, the z with Φ(z) = p, in double precision (relative error about 1e-16).
 *
 * @param p A probability; 0 and 1 give −∞ and ∞.
 * @throws RangeError if p is not in [0, 1].
 * @see Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37.
 */
export function normalQuantile(p: number): number {
  checkNumber("normalQuantile", "p", p);
  if (!(p >= 0 && p <= 1))
    throw new RangeError(`normalQuantile: expected a probability from 0 to 1; got ${p}`);
  return uncheckedNormalQuantile(p);
}

/** The same without a look at p, for each normal number that is drawn. */
export function uncheckedNormalQuantile(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size = r <= 5 ? rational(TAIL, r - 1.6) : rational(FAR_TAIL, r - 5);
  return q < 0 ? -size : size;
}

function rational({ numerator, denominator }: typeof CENTRE, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

/** Σ cᵢxⁱ of degree 7 by Horner's rule, written out: each normal number that is drawn needs two of them. */
function polynomial(c: readonly number[], x: number): number {
  return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
}

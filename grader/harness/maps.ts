/**
 * The functions that a check may hand to a learner's function.
 *
 * A check cannot send a function into the sandbox; it sends a name and parameters, and the function is built there. So that
 * checks and the learner's code mean the same function, the check builds its own copy from the same table.
 */

import type { LinearMapRef, MapRef } from "./kinds.ts";

type Build = (a: number, b: number) => (x: number) => number;

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** name → (parameters) → function. Each line of a family has its inverse and derivative beside it. */
const maps: { readonly [name: string]: Build } = {
  /** a, everywhere */
  constant: (a) => () => a,
  /** a·z + b */
  affine: (a, b) => (z) => a * z + b,
  "affine-inverse": (a, b) => (x) => (x - b) / a,
  "affine-derivative": (a) => () => a,
  /** z + a·tanh(z): increasing for a > −1. */
  "tanh-bump": (a) => (z) => z + a * Math.tanh(z),
  /** asinh((z − m)/s): steep at m and ever flatter away from it. */
  asinh: (s, m) => (z) => Math.asinh((z - m) / s),
  /** s·sinh(z): slope grows in the tails; s < 0 makes it decreasing. */
  sinh: (s) => (z) => s * Math.sinh(z),
  "sinh-inverse": (s) => (x) => Math.asinh(x / s),
  "sinh-derivative": (s) => (z) => s * Math.cosh(z),
  /** eᵃᶻ⁺ᵇ: the log-normal map. */
  exponential: (a, b) => (z) => Math.exp(a * z + b),
  "exponential-inverse": (a, b) => (x) => (Math.log(x) - b) / a,
  "exponential-derivative": (a, b) => (z) => a * Math.exp(a * z + b),
  /** a·cos(x) + b: a contraction where |a| < 1. */
  cosine: (a, b) => (x) => a * Math.cos(x) + b,
  /** √(a² + z²): slopes below 1 in size everywhere, and no fixed point. */
  hyperbola: (a) => (z) => Math.sqrt(a * a + z * z),
  /** density of Norm[0, 1] */
  "normal-density": () => (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI),
  /** density of the logistic distribution with location m and scale s */
  "logistic-density": (m, s) => (z) => (sigmoid((z - m) / s) * sigmoid((m - z) / s)) / s,
  "logistic-density-derivative": (m, s) => (z) => {
    const [below, above] = [sigmoid((z - m) / s), sigmoid((m - z) / s)];
    return (below * above * (above - below)) / s ** 2;
  },
  /** exp(−½((x − m)/s)²): a bell whose mass is s√(2π). */
  bell: (m, s) => (x) => Math.exp(-0.5 * ((x - m) / s) ** 2),
  "bell-derivative": (m, s) => (x) => (-(x - m) / s ** 2) * Math.exp(-0.5 * ((x - m) / s) ** 2),
  /** density of the uniform distribution on [a, b] */
  "uniform-density": (a, b) => (z) => (z >= a && z <= b ? 1 / (b - a) : 0),
  /** s·z³: flat at 0. */
  cube: (s) => (z) => s * z ** 3,
  /** ∛(z/s): steep at 0. */
  "cube-root": (s) => (z) => Math.cbrt(z / s),
};

/** What is made of other maps. */
const combinations: {
  readonly [name: string]: (of: readonly ((x: number) => number)[]) => (x: number) => number;
} = {
  sum: (of) => (x) => of.reduce((sum, f) => sum + f(x), 0),
  product: (of) => (x) => of.reduce((product, f) => product * f(x), 1),
  /** The first of them first. */
  composition: (of) => (x) => of.reduce((y, f) => f(y), x),
};

/**
 * Builds the function that a reference names. Its own text does not tell which: an answer has to call it.
 *
 * @throws RangeError if no map has that name.
 */
export function buildMap(ref: MapRef): (x: number) => number {
  return withoutText(build(ref));
}

function withoutText(evaluate: (x: number) => number): (x: number) => number {
  return (x) => evaluate(x);
}

function build({ map, parameters: [a, b], of }: MapRef): (x: number) => number {
  if (of && Object.hasOwn(combinations, map)) return combinations[map](of.map(build));
  if (!of && Object.hasOwn(maps, map)) return maps[map](a, b);
  const known = Object.keys(of ? combinations : maps).join(", ");
  throw new RangeError(`map: no map ${of ? "of others " : ""}is called "${map}"; known: ${known}`);
}

/** Names a map, checking at once that it exists. */
export function mapRef(name: string, ...parameters: number[]): MapRef {
  const ref = { map: name, parameters };
  buildMap(ref);
  return ref;
}

/** Names a map made of others: `sum`, `product`, or `composition`, the first of them first. */
export function combine(name: string, ...of: MapRef[]): MapRef {
  const ref = { map: name, parameters: [], of };
  buildMap(ref);
  return ref;
}

/**
 * Builds v ↦ A v, which tells nothing else of A. It counts its products: what an algorithm promises is that it needs few.
 *
 * @throws Error where it is called more often than the check allows, or with anything but one number for each column of the matrix.
 */
export function buildLinearMap({ linearMap: rows, most }: LinearMapRef): (v: number[]) => number[] {
  const columns = rows[0].length;
  let asked = 0;
  return (v) => {
    if (!isNumbers(v, columns))
      throw new Error(
        `product: expected a list of ${columns} numbers, one for each dimension; got ${shapeOf(v)}`,
      );
    asked += 1;
    if (asked > most)
      throw new Error(
        `product: asked for a product number ${asked}; ${most} are enough here: keep A v instead of asking for it again`,
      );
    const image: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += rows[i][j] * v[j];
      image[i] = sum;
    }
    return image;
  };
}

function isNumbers(v: unknown, length: number): v is ArrayLike<number> {
  const list = v as ArrayLike<unknown> | null | undefined;
  if (list === null || typeof list !== "object" || list.length !== length) return false;
  for (let i = 0; i < length; i++) if (typeof list[i] !== "number") return false;
  return true;
}

function shapeOf(v: unknown): string {
  const { length } = (v ?? {}) as { readonly length?: unknown };
  if (typeof v !== "object" || typeof length !== "number") return typeof v;
  const first = (v as ArrayLike<unknown>)[0];
  return typeof first === "object" ? `a list of ${length} lists` : `a list of ${length}`;
}

/** Rational-quadratic splines of the parameters that `rationalQuadratic` takes, computed in double precision and in float32. */

const SMALLEST = 1e-3;
const OFFSET = Math.log(Math.expm1(1 - SMALLEST));

export interface Spline {
  /** The knots, and the slopes there. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly slopes: readonly number[];
}

type Interval = readonly [number, number];

/** In double precision. */
export function spline(params: readonly number[], bins: number, interval: Interval): Spline {
  return splineOf(params, bins, interval, (x) => x);
}

/** @param round What becomes of every result: Math.fround for float32. */
function splineOf(
  params: readonly number[],
  bins: number,
  [low, high]: Interval,
  round: (x: number) => number,
): Spline {
  const edges = (logits: readonly number[]) => {
    const largest = Math.max(...logits);
    const weights = logits.map((one) => round(Math.exp(round(one - largest))));
    const sum = weights.reduce((a, b) => round(a + b));
    const sizes = weights.map((one) => round(round((1 - bins * SMALLEST) * round(one / sum)) + SMALLEST));
    const below = [0];
    for (const size of sizes) below.push(round(below[below.length - 1] + size));
    return below.map((share, k) => (k === bins ? high : round(round((high - low) * share) + low)));
  };
  const inner = params.slice(2 * bins).map((one) => round(SMALLEST + round(softplus(round(one + OFFSET)))));
  return {
    x: edges(params.slice(0, bins)),
    y: edges(params.slice(bins, 2 * bins)),
    slopes: [1, ...inner, 1],
  };
}

/** log(1 + exp(x)), also where exp would be infinite. */
const softplus = (x: number) => (x > 700 ? x : Math.log1p(Math.exp(x)));

/** The value and the log-slope at x (Durkan et al. 2019, equations 4 and 5). */
export function forward(of: Spline, x: number): [number, number] {
  return forwardBy(of, x, (result) => result);
}

function forwardBy(of: Spline, x: number, round: (x: number) => number): [number, number] {
  const bin = binAt(of, of.x, x, round);
  const xi = round(round(x - bin.x) / bin.width);
  return [round(bin.y + round(bin.height * shareAt(bin, xi, round))), logSlopeAt(bin, xi, round)];
}

/** The same of the inverse, by halving the interval. */
export function inverse(of: Spline, y: number): [number, number] {
  let [low, high] = [of.x[0], of.x[of.x.length - 1]];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (forward(of, middle)[0] < y) low = middle;
    else high = middle;
  }
  return [low, -forward(of, low)[1]];
}

/**
 * Value and log-slope as flow libraries compute them, each operation rounded to float32: knots by summing, the inverse by
 * the quadratic of equations 6 to 8, and its log-slope by equation 5 at what that gives.
 */
export function inSingle(
  params: readonly number[],
  bins: number,
  interval: Interval,
  at: number,
  direction: "forward" | "inverse",
): [number, number] {
  const round = Math.fround;
  const of = splineOf(params, bins, interval, round);
  if (direction === "forward") return forwardBy(of, at, round);
  const bin = binAt(of, of.y, at, round);
  const { s, first, excess } = bin;
  const rise = round(at - bin.y);
  const bent = round(rise * excess);
  const a = round(bent + round(bin.height * round(s - first)));
  const b = round(round(bin.height * first) - bent);
  const c = -round(s * rise);
  const root = round(Math.sqrt(Math.max(0, round(round(b * b) - round(round(4 * a) * c)))));
  const xi = round(round(2 * c) / round(-b - root));
  return [round(round(xi * bin.width) + bin.x), -logSlopeAt(bin, xi, round)];
}

function binAt({ x, y, slopes }: Spline, edges: readonly number[], at: number, round: (x: number) => number) {
  const k = Math.max(
    0,
    edges.slice(0, -1).findLastIndex((edge) => edge <= at),
  );
  const [width, height] = [round(x[k + 1] - x[k]), round(y[k + 1] - y[k])];
  const [s, first, second] = [round(height / width), slopes[k], slopes[k + 1]];
  return {
    ...{ x: x[k], y: y[k], width, height, s, first, second },
    excess: round(round(first + second) - round(2 * s)),
  };
}

type Bin = ReturnType<typeof binAt>;

function shareAt({ s, first, excess }: Bin, xi: number, round: (x: number) => number): number {
  const q = round(xi * round(1 - xi));
  return round(round(round(s * round(xi * xi)) + round(first * q)) / round(s + round(excess * q)));
}

function logSlopeAt({ s, first, second, excess }: Bin, xi: number, round: (x: number) => number): number {
  const rest = round(1 - xi);
  const q = round(xi * rest);
  const sum = round(
    round(round(second * round(xi * xi)) + round(round(2 * s) * q)) + round(first * round(rest * rest)),
  );
  const numerator = round(Math.log(round(round(s * s) * sum)));
  return round(numerator - round(2 * round(Math.log(round(s + round(excess * q))))));
}

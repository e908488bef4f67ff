import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { normalCdf } from "../../ground/functions/normal-functions.ts";
import { random } from "../../random/random.ts";
import { toyDensities } from "./toy-densities.ts";
import type { ToyDensity } from "./toy-density.ts";

type Range = readonly [number, number];
type Density = Pick<ToyDensity, "logProb">;

/** Where all but 1e-9 of the mass lies; for a density with an edge, up to the edge. */
const EXTENT: Record<keyof typeof toyDensities, readonly [Range, ...Range[]]> = {
  twoMoons: [
    [-1.8, 2.8],
    [-1.3, 1.8],
  ],
  eightGaussians: square(5.2),
  checkerboard: square(4),
  rings: square(3.8),
  pinwheel: square(5.6),
  spirals: square(3.9),
  u1: square(5),
  u2: [
    [-4, 4],
    [-4, 4],
  ],
  u3: [
    [-4, 4],
    [-7, 4],
  ],
  u4: [
    [-4, 4],
    [-7, 4],
  ],
  vonMisesCircle: [[-Math.PI, Math.PI]],
  funnel: [
    [-40, 40],
    [-20, 20],
  ],
};

function square(half: number): [Range, Range] {
  return [
    [-half, half],
    [-half, half],
  ];
}

const centres = ([low, high]: Range, n: number) =>
  Array.from({ length: n }, (_, i) => low + ((i + 0.5) * (high - low)) / n);

/** Mass and −∫ p log p of the extent by the midpoint rule. */
function integrals({ logProb }: Density, extent: readonly Range[], n: number) {
  const [across, up = [Number.NaN]] = extent.map((range) => centres(range, n));
  const cell = extent.reduce((product, [low, high]) => (product * (high - low)) / n, 1);
  let [mass, entropy] = [0, 0];
  for (const x of across) {
    for (const y of up) {
      const value = logProb([x, y]);
      if (value === -Infinity) continue;
      mass += Math.exp(value) * cell;
      entropy -= value * Math.exp(value) * cell;
    }
  }
  return { mass, entropy };
}

const points = (density: ToyDensity, count: number, seed: number) =>
  tidy(() => density.sample(count, random(seed)).arraySync() as number[][]);

const entries = Object.entries(toyDensities) as [keyof typeof toyDensities, ToyDensity][];

describe.each(entries)("%s", (key, density) => {
  test("integrates to 1 and has the entropy it states", () => {
    // The funnel is far too narrow for a grid; its entropy is a closed form.
    if (key === "funnel") return;
    const { mass, entropy } = integrals(
      density,
      EXTENT[key],
      ["rings", "pinwheel"].includes(key) ? 200 : 120,
    );
    expect(mass).toBeCloseTo(1, 6);
    expect(entropy).toBeCloseTo(density.entropy, 6);
  });

  test("draws points on which −log p is the entropy on average", () => {
    const losses = points(density, 2000, 1).map((point) => -density.logProb(point));
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / losses.length;
    // 1e-6: where the density is constant, so is the loss
    expect(Math.abs(mean - density.entropy)).toBeLessThan(4 * Math.sqrt(variance / losses.length) + 1e-6);
  });

  test("draws points as often in each cell as the density says", () => {
    if (key === "funnel") return;
    const count = 6000;
    const drawn = points(density, count, 2);
    const cells = split(EXTENT[key], 12);
    const terms = cells.flatMap((cell) => {
      const expected = count * integrals(density, cell, 10).mass;
      const seen = drawn.filter((point) => point.every((x, i) => within(x, cell[i]))).length;
      return expected < 8 ? [] : [(seen - expected) ** 2 / expected];
    });
    expect(terms.length).toBeGreaterThan(4);
    const chiSquare = terms.reduce((sum, term) => sum + term, 0);
    expect(chiSquare).toBeLessThan(terms.length + 4.5 * Math.sqrt(2 * terms.length));
  });

  test("gives 0, 1 or many points, the same for the same seed", () => {
    for (const count of [0, 1, 7]) {
      const sample = density.sample(count, random(3));
      expect(sample.shape).toEqual([count, density.dimension]);
      sample.dispose();
    }
    expect(points(density, 7, 3)).toEqual(points(density, 7, 3));
    expect(points(density, 7, 3)).not.toEqual(points(density, 7, 4));
  });

  test("is not NaN far out", () => {
    for (const x of [-1e6, -30, 30, 1e6]) expect(density.logProb([x, -x])).not.toBeNaN();
  });

  test("fills the range that a plot shows", () => {
    const drawn = points(density, 500, 5);
    const shown = drawn.filter((point) => point.every((x, i) => within(x, density.range[i])));
    expect(shown.length).toBeGreaterThan(470);
  });
});

function within(x: number, [low, high]: Range): boolean {
  return x >= low && x <= high;
}

/** All cells of an extent that is cut `n` times along each coordinate. */
function split([first, ...rest]: readonly Range[], n: number): Range[][] {
  const width = (first[1] - first[0]) / n;
  const parts = Array.from(
    { length: n },
    (_, k): Range => [first[0] + k * width, first[0] + (k + 1) * width],
  );
  return rest.length === 0
    ? parts.map((part) => [part])
    : parts.flatMap((part) => split(rest, n).map((cell) => [part, ...cell]));
}

test("the funnel is two independent normal variables, one stretched by the other", () => {
  const drawn = points(toyDensities.funnel, 4000, 6).map(([x, v]) => [x * Math.exp(-v / 2), v / 3]);
  for (const i of [0, 1]) {
    const values = drawn.map((pair) => pair[i]).sort((a, b) => a - b);
    const distances = values.map((u, k) => Math.abs(normalCdf(u) - (k + 0.5) / values.length));
    expect(Math.max(...distances)).toBeLessThan(2 / Math.sqrt(values.length));
  }
  expect(toyDensities.funnel.logProb([0, 0])).toBeCloseTo(-Math.log(2 * Math.PI * 3), 12);
  // v = 2: the width of x is e.
  expect(toyDensities.funnel.logProb([Math.E, 2])).toBeCloseTo(
    -Math.log(2 * Math.PI * 3) - 2 / 9 - 1 - 0.5,
    12,
  );
});

test("the potentials are what the table says, up to log Z", () => {
  const { u1, u2, u3, u4 } = toyDensities;
  expect(u1.energy([2, 0])).toBeCloseTo(-Math.log(1 + Math.exp(-0.5 * (4 / 0.6) ** 2)), 12);
  expect(u2.energy([1, 1.4])).toBeCloseTo(0.5, 12);
  // w₁(1) = 1, w₂(1) = 3, w₃(1) = 1.5
  const two = (a: number, b: number) => -Math.log(Math.exp(-0.5 * a * a) + Math.exp(-0.5 * b * b));
  expect(u3.energy([1, 0.3])).toBeCloseTo(two(-0.7 / 0.35, 2.3 / 0.35), 12);
  expect(u4.energy([1, 0.3])).toBeCloseTo(two(-0.7 / 0.4, 0.8 / 0.35), 12);
  for (const u of [u1, u2, u3, u4]) expect(u.logProb([0.3, 1]) + u.energy([0.3, 1])).toBeCloseTo(-u.logZ, 12);
  expect(u2.energy([4.01, 0])).toBe(Infinity);
});

test("the energies of many points are those of each, with their slopes", () => {
  for (const potential of [toyDensities.u1, toyDensities.u2, toyDensities.u3, toyDensities.u4]) {
    const draw = random(`energies of ${potential.name}`);
    const points = Array.from({ length: 60 }, () => [
      draw.uniform(1, -3.9, 3.9)[0],
      draw.uniform(1, -5, 3)[0],
    ]);
    const given = tf.tensor2d(points, [60, 2]);
    const many = potential.energies(given).dataSync();
    const slopes = tf
      .grad((x: tf.Tensor) => tf.sum(potential.energies(x)))(given)
      .arraySync() as number[][];
    points.forEach((point, i) => {
      const [x, y] = point;
      const size = 1 + Math.abs(potential.energy(point));
      expect(Math.abs(many[i] - potential.energy(point)) / size).toBeLessThan(1e-5);
      const h = 1e-5;
      const ofX = (potential.energy([x + h, y]) - potential.energy([x - h, y])) / (2 * h);
      const ofY = (potential.energy([x, y + h]) - potential.energy([x, y - h])) / (2 * h);
      const steep = 1 + Math.hypot(ofX, ofY);
      // Between the branches of a mixture the slope itself turns within 0.01: float32 places are off by 4e-7.
      expect(Math.abs(slopes[i][0] - ofX) / steep).toBeLessThan(1e-3);
      expect(Math.abs(slopes[i][1] - ofY) / steep).toBeLessThan(1e-3);
    });
    expect(potential.energies(points).shape).toEqual([60]);
    expect(() => potential.energies([1, 2])).toThrow(
      /energies: expected points of the plane, shape \[n, 2\]; got \[2\]/,
    );
  }
  expect(
    Array.from(
      toyDensities.u3
        .energies([
          [4.01, 0],
          [-5, 0],
        ])
        .dataSync(),
    ),
  ).toEqual([Infinity, Infinity]);
});

describe.each(fastBackends())("on %s", (backend) => {
  const active = tf.getBackend() as Parameters<typeof useBackend>[0];
  beforeAll(() => useBackend(backend));
  afterAll(() => useBackend(active));

  test("the same stream", () => {
    // These numbers must never change: benchmarks and lessons refer to them.
    expect(points(toyDensities.twoMoons, 1, 0)[0].map((x) => x.toFixed(6))).toMatchInlineSnapshot(`
      [
        "-0.483187",
        "0.788825",
      ]
    `);
  });
});

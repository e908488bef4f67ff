import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { chain } from "../../bijections/composition/chain.ts";
import { decodePng } from "../../data/png.ts";
import { toyDensities } from "../../data/toy/toy-densities.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { figure } from "../figure.ts";
import { palette } from "../palette.ts";
import { png } from "../png.ts";
import { density2dFigure } from "./density-2d.ts";
import { flowLayersFigure } from "./flow-layers.ts";
import { jacobianFigure, jacobianOf } from "./jacobian.ts";
import { samples2dFigure } from "./samples-2d.ts";
import { warpedGridFigure } from "./warped-grid.ts";

/** x₁ = z₁, x₂ = z₂ + z₁²: its Jacobian is lower triangular. */
const bend: Bijection = {
  eventRank: 1,
  inverseKind: "analytic",
  name: "bend",
  variables: [],
  forward: (z) => moved(z, 1),
  inverse: (x) => moved(x, -1),
};

function moved(points: tf.Tensor, sign: number) {
  const [first, second] = tf.split(points, 2, -1);
  const value = tf.concat([first, tf.add(second, tf.mul(tf.square(first), sign))], -1);
  return { value, logDet: tf.zeros(points.shape.slice(0, -1)) };
}

let before = 0;
beforeAll(() => {
  // The backend keeps some constants once it has run.
  tf.tidy(() => tf.add(1, 1));
  before = tf.memory().numTensors;
});
afterAll(() => expect(tf.memory().numTensors).toBe(before));

describe("a density of the plane", () => {
  test("is shown by cells that hold its mass", () => {
    const { twoMoons } = toyDensities;
    const { data, description } = density2dFigure({
      logProb: (points) => points.map(twoMoons.logProb),
      range: [
        [-1.75, 2.75],
        [-1.25, 1.75],
      ],
      resolution: 60,
    });
    expect(description).toMatch(/a mass of 1\.000/);
    const [{ x = [], y = [], z = [] }] = data as [(typeof data)[0]];
    expect([x.length, y.length, z.length]).toEqual([60, 60, 60]);
    // Row 10, column 50 belongs to y[10], x[50].
    expect(z[10]?.[50]).toBeCloseTo(Math.exp(twoMoons.logProb([Number(x[50]), Number(y[10])])), 12);
  });

  test("takes a tensor, frees it, and is blue in base space", () => {
    const base = standardNormal([2]);
    const shown = density2dFigure({
      logProb: (z) => base.logProb(tf.tensor(z)),
      space: "base",
      resolution: 8,
    });
    expect(shown.data[0]?.z?.[3]?.[4]).toBeCloseTo(Math.exp(-0.25) / (2 * Math.PI), 6);
    expect(JSON.stringify(shown.data[0]?.colorscale)).toContain("#01436b");
  });

  test("shows all of the points that are laid over it, from a tensor as well", () => {
    const rows = [
      [10, 20],
      [14, 21],
    ];
    const points = tf.tensor2d(rows);
    const logProb = (x: number[][]) => x.map(() => -1);
    const [own, plain] = [points, rows].map((points) => density2dFigure({ logProb, points, resolution: 4 }));
    const [[x0 = 0, x1 = 0] = [], [y0 = 0, y1 = 0] = []] = [own.layout.xaxis?.range, own.layout.yaxis?.range];
    expect([x0 < 10, x1 > 14, y0 < 20, y1 > 21]).toEqual([true, true, true, true]);
    expect([own.data, own.layout]).toEqual([plain.data, plain.layout]);
    expect([own.data[1]?.x, own.data[1]?.y]).toEqual([
      [10, 14],
      [20, 21],
    ]);
    const range = [
      [0, 1],
      [0, 2],
    ] as const;
    expect(density2dFigure({ logProb, points, range, resolution: 4 }).layout.xaxis?.range).toEqual([0, 1]);
    expect(density2dFigure({ logProb, resolution: 4 }).layout.xaxis?.range).toEqual([-4, 4]);
    const triples = tf.zeros([2, 3]);
    expect(() => density2dFigure({ logProb, points: triples })).toThrow(/shape \[n, 2\]; got shape \[2,3\]/);
    tf.dispose([points, triples]);
  });

  test("that is nowhere positive is refused with the remedy", () => {
    const ofOnePoint = toyDensities.twoMoons.logProb as never;
    expect(() => density2dFigure({ logProb: ofOnePoint })).toThrow(
      /expected one point, a list of 2 numbers; .*points\.map\(f\)/,
    );
    expect(() => density2dFigure({ logProb: (z) => z.map(() => -Infinity) })).toThrow(/widen the range/);
    expect(() => density2dFigure({ logProb: (z) => z.map(() => Number.NaN) })).toThrow(/check logProb/);
  });

  test("is one small embedded picture in the static version, and its colours another", () => {
    const svg = density2dFigure({ logProb: (z) => z.map(([a = 0, b = 0]) => -(a * a) - b * b) }).toSVG();
    expect(svg.match(/<image /g)).toHaveLength(2);
    expect(svg.length).toBeLessThan(60_000);
  });
});

test("the embedded picture has the rows the right way up", () => {
  const z = Array.from({ length: 50 }, (_, i) => Array.from({ length: 40 }, () => i));
  const scale = [
    [0, "#000000"],
    [1, "#ffffff"],
  ];
  const svg = figure([{ type: "heatmap", z, colorscale: scale }]).toSVG();
  const file = Buffer.from(/base64,([^"]+)"/.exec(svg)?.[1] ?? "", "base64");
  const { width, height } = decodePng(file);
  expect([width, height]).toEqual([40, 50]);
  const edge = leftEdge(file);
  // y grows upwards: the first row of the picture is the last of the data.
  expect(edge[0]).toBe(255);
  expect(edge[49]).toBe(0);
});

/** The first red value of each row. */
function leftEdge(file: Uint8Array): number[] {
  const { width, height, channels, bytes } = decodePng(file);
  return Array.from({ length: height }, (_, y) => bytes[y * width * channels]);
}

test("a picture of red, green and blue bytes comes back as it was", () => {
  const data = Uint8Array.from([1, 2, 3, 250, 251, 252]);
  expect([...decodePng(png({ width: 2, height: 1, data })).bytes]).toEqual([...data]);
});

describe("samples of the plane", () => {
  test("the axes are called by their space, or as they are told", () => {
    const samples = [
      [0, 1],
      [2, 3],
    ];
    const titles = ({ layout }: Pick<ReturnType<typeof samples2dFigure>, "layout">) => [
      layout.xaxis?.title,
      layout.yaxis?.title,
    ];
    expect(titles(samples2dFigure({ samples }))).toEqual([
      { text: "<i>x</i><sub>1</sub>" },
      { text: "<i>x</i><sub>2</sub>" },
    ]);
    expect(titles(samples2dFigure({ samples, xTitle: "first", yTitle: "second" }))).toEqual([
      { text: "first" },
      { text: "second" },
    ]);
  });

  test("one set or several, in the colours of their spaces", () => {
    const points = toyDensities.rings.sample(50, random(1));
    const rows = points.arraySync();
    const given = samples2dFigure({ samples: points });
    const named = samples2dFigure({ samples: [{ points, name: "z", space: "base" }] });
    points.dispose();
    expect(given.data).toEqual(samples2dFigure({ samples: rows }).data);
    expect(named.data).toEqual(
      samples2dFigure({ samples: [{ points: rows, name: "z", space: "base" }] }).data,
    );
    expect(samples2dFigure({ samples: rows }).data[0]?.marker?.color).toBe(palette.data);
    const two = samples2dFigure({
      samples: [
        { points: rows, name: "z", space: "base" },
        { points: rows, name: "truth", space: "neutral" },
      ],
    });
    expect(two.data.map((trace) => trace.marker?.color)).toEqual([palette.base, palette.neutral]);
    expect(two.description).toBe("Samples: 50 z, 50 truth");
  });

  test("nothing to show is an error", () => {
    expect(() => samples2dFigure({ samples: [{ points: [] }] })).toThrow(/at least one value/);
  });
});

test("equal units: a circle is round in the static picture", () => {
  const circle = Array.from({ length: 40 }, (_, i) => [Math.cos(i / 6), Math.sin(i / 6)]);
  const svg = samples2dFigure({ samples: circle }).toSVG();
  const [xs, ys] = ["cx", "cy"].map((name) =>
    [...svg.matchAll(new RegExp(`<circle[^>]* ${name}="([\\d.]+)"`, "g"))].map((match) => Number(match[1])),
  );
  const extent = (values: number[] = []) => Math.max(...values) - Math.min(...values);
  expect(extent(xs) / extent(ys)).toBeCloseTo(1, 2);
});

test("a warped grid: 38 lines, and their images", () => {
  const shown = warpedGridFigure({ map: (z) => bend.forward(tf.tensor(z)).value });
  const [vertical, , warped] = shown.data;
  expect(shown.data).toHaveLength(4);
  expect(vertical?.x?.filter((value) => value === null)).toHaveLength(19);
  for (const i of [0, 40, 300]) {
    const [z1, z2] = [Number(vertical?.x?.[i]), Number(vertical?.y?.[i])];
    expect(warped?.y?.[i]).toBeCloseTo(z2 + z1 ** 2, 5);
  }
});

test("a marked square and its image have the areas that the determinant says", () => {
  const map = (points: number[][]) => points.map(([a, b]) => [2 * a + b, 3 * b + 0.1 * a ** 2]);
  const shown = warpedGridFigure({ map, cell: { corner: [0.5, -1], side: 0.5 } });
  const [square, image] = shown.data.slice(4);
  expect([square?.x?.[0], square?.y?.[0], image?.x?.[0], image?.y?.[0]]).toEqual([0.5, -1, 0, -2.975]);
  // ∫ 6 − 0.2 a over the square: 0.25 · (6 − 0.2 · 0.75).
  expect(shown.description).toContain("the marked square has the area 0.2500, its image 1.462");
  expect(() => warpedGridFigure({ map, cell: { corner: [0, 0], side: 0 } })).toThrow(/side above 0/);
});

const stillIn = (html: string): string =>
  Buffer.from(/data:image\/svg\+xml;base64,([^"]+)/.exec(html)?.[1] ?? "", "base64").toString();

describe("a flow layer by layer", () => {
  test("starts at z, ends at x, and passes each layer exactly", () => {
    const shown = flowLayersFigure({ bijection: chain([bend, bend]), points: [[1, 2]], between: 4 });
    const ys = shown.frames.map((frame) => frame.data[0]?.y?.[0]);
    expect(ys).toEqual([2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75, 4]);
    const colors = shown.frames.map((frame) => frame.data[0]?.marker?.color);
    expect([colors[0], colors.at(-1)]).toEqual([palette.base, palette.data]);
    const [{ steps, active }] = shown.layout.sliders as [{ steps: { label: string }[]; active: number }];
    expect([0, 1, 4, 8].map((i) => steps[i]?.label)).toEqual([
      "z",
      "on the way through 1: bend",
      "after 1: bend",
      "after 2: bend",
    ]);
    // Opens at z; the picture, which cannot be played, shows the end.
    expect([shown.data[0]?.y, active]).toEqual([[2], 0]);
    for (const still of [shown.toSVG(), stillIn(shown.toHTML())]) {
      expect(still).toContain(">after 2: bend (moves in the notebook)<");
    }
    const titles = [shown.layout.xaxis, shown.layout.yaxis].map((axis) => (axis as { title: unknown }).title);
    expect(titles).toEqual([{ text: "<i>x</i><sub>1</sub>" }, { text: "<i>x</i><sub>2</sub>" }]);
  });

  test("follows the points of a tensor, under a context of any type of numbers", () => {
    const shifted: Bijection = {
      ...bend,
      forward: (z, context) => {
        expect(context?.dtype).toBe("float32");
        return { ...bend.forward(z), value: tf.add(z, context as tf.Tensor) };
      },
    };
    const points = tf.tensor2d([[1, 2]]);
    const context = tf.tensor1d([3, 4], "int32");
    for (const given of [context, [3, 4]]) {
      const { frames } = flowLayersFigure({ bijection: shifted, points, context: given });
      const data = frames.at(-1)?.data ?? [];
      expect([data[0]?.x, data[0]?.y]).toEqual([[4], [6]]);
    }
    tf.dispose([points, context]);
  });

  test("a bijection without parts is one layer", () => {
    expect(flowLayersFigure({ bijection: bend, points: [[0, 0]], between: 2 }).frames).toHaveLength(3);
  });
});

describe("a Jacobian", () => {
  test("is taken exactly, rows for outputs", () => {
    const matrix = jacobianOf((z) => bend.forward(z).value, [3, 1]);
    expect(matrix).toEqual([
      [1, 0],
      [6, 1],
    ]);
  });

  test("shows exact zeros apart from small numbers", () => {
    const shown = jacobianFigure({
      matrix: [
        [1, 0],
        [1e-6, -2],
      ],
    });
    const [values, zeros] = shown.data;
    expect(values?.z).toEqual([
      [1, null],
      [1e-6, -2],
    ]);
    expect(zeros?.z).toEqual([
      [null, 0],
      [null, null],
    ]);
    expect([values?.zmin, values?.zmax]).toEqual([-2, 2]);
    expect(shown.description).toContain("1 of them exactly 0");
    // three cells and one blank, and no cell for what a trace leaves out
    expect(
      shown.toSVG().match(new RegExp(`fill="${palette.guide}"|fill="rgb\\(154, 163, 178\\)"`, "g")),
    ).toHaveLength(1);
  });

  test("of zeros alone, or of none", () => {
    expect(jacobianFigure({ matrix: [[0]] }).data).toHaveLength(1);
    expect(jacobianFigure({ matrix: [[5]] }).data).toHaveLength(1);
  });
});

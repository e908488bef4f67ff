import { toPolyline } from "./distance.ts";
import { blend, coverage, grey, hsl, type Painter } from "./paint.ts";

type Point = readonly [number, number];

/** The digits: the labels' meanings, by number. */
export const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Strokes of each digit, in a box from −1 to 1 that is higher than wide. */
const STROKES: readonly (readonly (readonly Point[])[])[] = [
  [arc(0, 0, 0.6, 1, 0, 1)],
  [
    [
      [-0.35, -0.6],
      [0.05, -1],
      [0.05, 1],
    ],
  ],
  [[...arc(0, -0.45, 0.55, 0.55, -0.25, 0.32), [-0.6, 1], [0.65, 1]]],
  [arc(-0.05, -0.5, 0.55, 0.5, -0.2, 0.5), arc(-0.05, 0.5, 0.62, 0.5, 0, 0.7)],
  [
    [
      [0.3, 1],
      [0.3, -1],
      [-0.6, 0.35],
      [0.7, 0.35],
    ],
  ],
  [[[0.55, -1], [-0.45, -1], [-0.5, -0.1], ...arc(-0.02, 0.4, 0.6, 0.6, -0.09, 0.66)]],
  [[[0.4, -1], [-0.1, -0.6], [-0.5, 0.1], ...arc(0, 0.45, 0.55, 0.55, -0.25, 0.75)]],
  [
    [
      [-0.6, -1],
      [0.6, -1],
      [-0.1, 1],
    ],
  ],
  [arc(0, -0.5, 0.48, 0.5, 0, 1), arc(0, 0.5, 0.58, 0.5, 0, 1)],
  [[...arc(0, -0.45, 0.55, 0.55, 0.25, 1.25), [0.5, 0.1], [0.2, 1]]],
];

/** A digit of one stroke width, slanted, stretched and turned as a whole. */
export const digit: Painter = (stream, blur) => {
  const [label] = stream.integers(1, 0, 10);
  const [slant, wide, high, turn, thick, u, v, hue] = stream.uniform(8);
  const [sx, sy] = [0.5 + 0.2 * wide, 0.58 + 0.14 * high];
  const angle = 0.4 * (turn - 0.5);
  const strokes = STROKES[label].map((stroke) =>
    stroke.map(([px, py]): Point => {
      const [x, y] = [sx * px - 0.35 * slant * sy * py, sy * py];
      return [
        x * Math.cos(angle) - y * Math.sin(angle) + 0.2 * (u - 0.5),
        x * Math.sin(angle) + y * Math.cos(angle) + 0.2 * (v - 0.5),
      ];
    }),
  );
  const width = 0.09 + 0.07 * thick;
  const [paper, ink] = [grey(0.03), hsl(hue, 0.6, 0.85)];
  const picture = (x: number, y: number) => {
    const distance = Math.min(...strokes.map((stroke) => toPolyline(x, y, stroke)));
    return blend(paper, ink, coverage(distance - width, blur));
  };
  return { picture, label };
};

/** Part of an ellipse as a line through 13 points; turns run clockwise from the top. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  return Array.from({ length: 13 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / 12);
    return [cx + rx * Math.sin(angle), cy - ry * Math.cos(angle)];
  });
}

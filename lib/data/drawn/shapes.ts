import { polar, toPolygon } from "./distance.ts";
import { blend, coverage, hsl, type Painter } from "./paint.ts";

/** The forms: the labels' meanings, by number. */
export const FORMS = ["disc", "triangle", "square", "star"];

/** One closed form of a fill colour with an outline of the opposite hue, turned and placed anywhere. */
export const shape: Painter = (stream, blur) => {
  const [u, v, w, turn, hue, dark] = stream.uniform(6);
  const [label] = stream.integers(1, 0, FORMS.length);
  const radius = 0.5 + 0.2 * w;
  const centre = [(1.7 - 2 * radius) * (u - 0.5), (1.7 - 2 * radius) * (v - 0.5)] as const;
  const distance = distanceOf(FORMS[label], centre, radius, turn);
  const [background, fill, outline] = [
    hsl(hue + 0.25, 0.2, 0.06 + 0.1 * dark),
    hsl(hue, 0.7, 0.5),
    hsl(hue + 0.5, 0.7, 0.85),
  ];
  const width = 0.09;
  const picture = (x: number, y: number) => {
    const d = distance(x, y);
    const filled = blend(background, fill, coverage(d, blur));
    return blend(filled, outline, coverage(Math.abs(d) - width, blur));
  };
  return { picture, label };
};

function distanceOf(form: string, centre: readonly [number, number], radius: number, turn: number) {
  const corners = { triangle: 3, square: 4, star: 10 }[form];
  if (corners === undefined) {
    return (x: number, y: number) => Math.hypot(x - centre[0], y - centre[1]) - 0.85 * radius;
  }
  const turns = Array.from({ length: corners }, (_, i) => i / corners + turn);
  const outer = form === "triangle" ? 1.15 * radius : 1.05 * radius;
  const points = polar(centre, turns, form === "star" ? [1.1 * outer, 0.5 * outer] : [outer]);
  return (x: number, y: number) => toPolygon(x, y, points);
}

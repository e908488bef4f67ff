import { toPolyline, toSegment } from "./distance.ts";
import { blend, coverage, hsl, type Painter } from "./paint.ts";

/** How a face looks: the labels' meanings, by number. */
export const EXPRESSIONS = ["sad", "plain", "happy"];
/** A mouth that bends less than this is neither happy nor sad. */
const PLAIN = 0.25;

/** A round face with two eyes and a mouth that belong to it: they move, tilt and grow with the head. */
export const face: Painter = (stream, blur) => {
  const [u, v, w, tilt, bend, gap, skin, room] = stream.uniform(8);
  const [cx, cy, radius] = [0.24 * (u - 0.5), 0.24 * (v - 0.5), 0.66 + 0.18 * w];
  const angle = 0.5 * (tilt - 0.5);
  const smile = 2 * bend - 1;
  const eye = 0.3 + 0.12 * gap;
  const [background, fill] = [hsl(room, 0.35, 0.16 + 0.1 * gap), hsl(0.08 + 0.06 * skin, 0.75, 0.72)];
  const ink = hsl(0.05, 0.5, 0.1);
  const mouth = [-1, -0.5, 0, 0.5, 1].map((t) => [0.46 * t, 0.4 + 0.26 * smile * (0.5 - t * t)] as const);
  const picture = (x: number, y: number) => {
    // In coordinates of the head: upright, of radius 1.
    const [dx, dy] = [(x - cx) / radius, (y - cy) / radius];
    const [hx, hy] = [
      dx * Math.cos(angle) + dy * Math.sin(angle),
      dy * Math.cos(angle) - dx * Math.sin(angle),
    ];
    const soft = blur / radius;
    const head = coverage(Math.hypot(hx, hy) - 1, soft);
    const eyes = coverage(toSegment(Math.abs(hx), hy, [eye, -0.32], [eye, -0.18]) - 0.11, soft);
    const lips = coverage(toPolyline(hx, hy, mouth) - 0.085, soft);
    return blend(blend(background, fill, head), ink, Math.max(eyes, lips) * head);
  };
  return { picture, label: smile < -PLAIN ? 0 : smile > PLAIN ? 2 : 1 };
};

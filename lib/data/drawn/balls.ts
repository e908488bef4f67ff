import { blend, type Colour, coverage, grey, hsl, type Painter } from "./paint.ts";

/** How many fields a ball has around it: the labels' meanings, by number. */
export const STRIPES = ["4 fields around", "6 fields around", "8 fields around"];

/** A chequered ball in the light of one lamp: its fields, its shading and its shadow all follow from the sphere. */
export const ball: Painter = (stream, blur) => {
  const [u, v, w, spin, lean, side, height, hue] = stream.uniform(8);
  const [label] = stream.integers(1, 0, STRIPES.length);
  const radius = 0.55 + 0.2 * w;
  const [cx, cy] = [0.4 * (u - 0.5), 0.3 * (v - 0.5)];
  const light = direction(2 * side - 1, -0.5 - 0.5 * height);
  const [bright, other] = [hsl(hue, 0.85, 0.6), grey(0.95)];
  const fields = 4 + 2 * label;
  const turned = 0.9 * (lean - 0.5);
  const picture = (x: number, y: number): Colour => {
    const [dx, dy] = [(x - cx) / radius, (y - cy) / radius];
    const distance = Math.hypot(dx, dy);
    const shadow = Math.exp(-3 * Math.hypot(dx + 0.7 * light[0], 2.5 * (dy - 0.85)) ** 2);
    const ground = grey(0.42 * (1 - 0.75 * shadow));
    // Just outside, the colour of the rim: it is mixed with the ground in the pixels at the edge.
    const inside = Math.min(1, 0.999 / Math.max(distance, 1e-9));
    const [nx, ny] = [dx * inside, dy * inside];
    const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
    const [px, py] = [
      nx * Math.cos(turned) + ny * Math.sin(turned),
      ny * Math.cos(turned) - nx * Math.sin(turned),
    ];
    const east = Math.sin((fields / 2) * (Math.atan2(px, nz) + 2 * Math.PI * spin));
    const north = Math.sin((fields / 2) * Math.asin(py));
    const share = Math.min(1, Math.max(0, 0.5 + (3 * east * north) / Math.sqrt(fields)));
    const lit = 0.25 + 0.75 * Math.max(0, nx * light[0] + ny * light[1] + nz * light[2]);
    const colour = blend(other, bright, share).map((part) => part * lit) as unknown as Colour;
    return blend(ground, colour, coverage((distance - 1) * radius, blur));
  };
  return { picture, label };
};

function direction(x: number, y: number): Colour {
  const length = Math.hypot(x, y, 1);
  return [x / length, y / length, 1 / length];
}

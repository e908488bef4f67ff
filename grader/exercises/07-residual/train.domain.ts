import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** Data of the plane with a known density. */
export interface Source {
  draw(count: number): number[][];
  /** In nats. */
  logDensity(x: readonly number[]): number;
  readonly centre: readonly [number, number];
}

/** A bell that is bent to a bow, y = width · b + bend · (√(1 + 1.5 a²) − 1.4), and turned to any side. */
export function bow(random: Random): Source {
  const bend = (random.integer(2) === 0 ? 1 : -1) * random.uniform(1.2, 1.4);
  const width = random.uniform(0.28, 0.36);
  const turn = random.uniform(0, 2 * Math.PI);
  const centre = [random.uniform(-2, 2), random.uniform(-2, 2)] as const;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const middle = (a: number): number => bend * (Math.sqrt(1 + 1.5 * a * a) - 1.4);
  return {
    centre,
    draw: (count) =>
      Array.from({ length: count }, () => {
        const a = random.normal();
        const y = width * random.normal() + middle(a);
        return [centre[0] + c * a - s * y, centre[1] + s * a + c * y];
      }),
    logDensity([x1, x2]) {
      const [dx, dy] = [x1 - centre[0], x2 - centre[1]];
      const a = c * dx + s * dy;
      const b = (c * dy - s * dx - middle(a)) / width;
      return -(a * a + b * b) / 2 - Math.log(2 * Math.PI * width);
    },
  };
}

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** The log-density of the base, in nats. */
export const logNormal = ([a, b]: readonly number[]): number => -(a * a + b * b) / 2 - Math.log(2 * Math.PI);

export const signatures = {
  fitResidual: fn(
    [parameter("data", matrix)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      path: fn([parameter("x", vector)], matrix),
      logDensity: fn([parameter("points", matrix)], vector),
    }),
  ),
};

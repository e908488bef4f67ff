import { describe, expect, test } from "vitest";
import { random } from "../random.ts";
import {
  apply,
  determinant,
  identity,
  inverse,
  logAbsDeterminant,
  logNormal,
  multiply,
  solve,
  transpose,
} from "./matrices.ts";
import { integrate } from "./quadrature.ts";

const close = (got: readonly number[], want: readonly number[], within = 1e-12) =>
  got.forEach((v, i) => void expect(Math.abs(v - want[i])).toBeLessThan(within));

describe("small matrices", () => {
  test("a determinant is the sum over permutations", () => {
    const r = random("matrices");
    const a = [0, 1, 2].map(() => [r.normal(), r.normal(), r.normal()]);
    const [[p, q, s], [t, u, v], [w, x, y]] = a;
    const leibniz = p * u * y + q * v * w + s * t * x - s * u * w - p * v * x - q * t * y;
    close([determinant(a), logAbsDeterminant(a)], [leibniz, Math.log(Math.abs(leibniz))]);
    close(
      [
        determinant([
          [0, 1],
          [1, 0],
        ]),
      ],
      [-1],
    );
  });

  test("solutions and inverses undo the matrix, with exchanges of rows where they are needed", () => {
    const a = [
      [0, 2, 1],
      [1, 0, 3],
      [4, 1, 0],
    ];
    close(apply(a, solve(a, [1, 2, 3])), [1, 2, 3]);
    close(multiply(a, inverse(a)).flat(), identity(3).flat());
    expect(transpose([[1, 2, 3]])).toEqual([[1], [2], [3]]);
  });

  test("the normal density of two numbers integrates to one, with the given variance", () => {
    const covariance = [
      [1, 0.6],
      [0.6, 0.8],
    ];
    const over = (f: (x: number, y: number) => number) =>
      integrate((x) => integrate((y) => f(x, y), -9, 9), -9, 9);
    const density = (x: number, y: number) => Math.exp(logNormal([x, y], [0.3, -0.2], covariance));
    close([over(density), over((x, y) => density(x, y) * (x - 0.3) * (y + 0.2))], [1, 0.6], 1e-8);
  });
});

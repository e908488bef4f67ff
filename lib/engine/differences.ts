/** A function of several real variables, in double precision. */
type Scalar = (x: number[]) => number;

/**
 * Gradient by central differences with one Richardson step, in double precision.
 *
 * ∂f/∂x_j ≈ (4·D(h) − D(2h))/3 with D(h) = (f(x + h e_j) − f(x − h e_j))/2h: for smooth f of order 1 the error is
 * about 1e-11 (h⁴ of truncation and 1e-16/h of rounding), thousands of times finer than float32.
 */
export function gradientByDifferences(f: Scalar, x: number[], h = 1e-3): number[] {
  return x.map((_, j) => {
    const slope = (step: number) => (f(move(x, j, step)) - f(move(x, j, -step))) / (2 * step);
    return (4 * slope(h) - slope(2 * h)) / 3;
  });
}

/**
 * Product of the Hessian with a direction v, by differences of differences: (∇²f · v)_j = ∂/∂x_j of the slope along v.
 *
 * The error is about 1e-9: rounding is divided by h².
 */
export function hessianProductByDifferences(f: Scalar, x: number[], v: number[], h = 2e-3): number[] {
  const along = (point: number[], step: number) => f(point.map((value, i) => value + step * v[i]));
  return x.map((_, j) => {
    const mixedDerivative = (step: number) => {
      const slope = (point: number[]) => along(point, step) - along(point, -step);
      return (slope(move(x, j, step)) - slope(move(x, j, -step))) / (4 * step * step);
    };
    return (4 * mixedDerivative(h) - mixedDerivative(2 * h)) / 3;
  });
}

function move(x: number[], j: number, step: number): number[] {
  return x.map((value, i) => (i === j ? value + step : value));
}

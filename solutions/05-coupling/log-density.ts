/** The log-density that an affine coupling of the plane gives to (x1, x2), line by line. */
export function logDensitySteps(): string[] {
  // BEGIN SOLUTION
  return [
    "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(1 * exp(s(x1)) - 0 * g))",
    "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1))))",
    "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / exp(s(x1)))",
    "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - log(exp(s(x1)))",
    "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1)",
    "log(p(x1)) + log(p((x2 - t(x1)) * exp(-s(x1)))) - s(x1)",
  ];
  // END SOLUTION
}

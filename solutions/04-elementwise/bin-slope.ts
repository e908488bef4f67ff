/** From the quotient rule to a form of positive terms, line by line. */
export function steps(): string[] {
  // BEGIN SOLUTION
  return [
    "s*((2*s*t + p*(1 - 2*t))*(s + (p + q - 2*s)*t*(1 - t)) - (s*t^2 + p*t*(1 - t))*(p + q - 2*s)*(1 - 2*t))/(s + (p + q - 2*s)*t*(1 - t))^2",
    "s*(s*(2*s*t + p*(1 - 2*t)) + (p + q - 2*s)*s*t^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
    "s^2*(2*s*t + p - 2*p*t + p*t^2 + q*t^2 - 2*s*t^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
    "s^2*(q*t^2 + 2*s*t*(1 - t) + p*(1 - t)^2)/(s + (p + q - 2*s)*t*(1 - t))^2",
  ];
  // END SOLUTION
}

/** The slope ∂y/∂x of a rational-quadratic bin at the position ξ in it. */
export function binSlope(xi: number, s: number, first: number, second: number): number {
  // BEGIN SOLUTION
  const around = xi * (1 - xi);
  const below = s + (first + second - 2 * s) * around;
  return (s * s * (second * xi * xi + 2 * s * around + first * (1 - xi) ** 2)) / below ** 2;
  // END SOLUTION
}

/** Log-density of latents that are drawn with the temperature T: independent, normal, of mean 0 and deviation T, in nats. */
export function logTempered(z: number[], T: number): number {
  // BEGIN SOLUTION
  return z.reduce((sum, v) => sum - (v / T) ** 2 / 2 - Math.log(T * Math.sqrt(2 * Math.PI)), 0);
  // END SOLUTION
}

/** Log-density at x of exp(z), z drawn with the temperature T, in nats. */
export function logDrawn(x: number, T: number): number {
  // BEGIN SOLUTION
  return logTempered([Math.log(x)], T) - Math.log(x);
  // END SOLUTION
}

/** Logarithm at x of the model's density to the power 1/T², normalized, in nats. */
export function logPower(x: number, T: number): number {
  // BEGIN SOLUTION
  return logTempered([Math.log(x) - (T * T - 1)], T) - Math.log(x);
  // END SOLUTION
}

/** A power of the standard normal density is a normal density of deviation T, up to a constant. */
export function powerSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "log((exp(-z^2/2)/sqrt(2*pi))^(1/T^2))",
    "(1/T^2)*log(exp(-z^2/2)/sqrt(2*pi))",
    "(1/T^2)*(-z^2/2 - log(2*pi)/2)",
    "-z^2/(2*T^2) - log(2*pi)/(2*T^2)",
    "log(exp(-(z/T)^2/2)) - log(2*pi)/(2*T^2)",
    "log(q(z/T)) + (1 - 1/T^2)*log(2*pi)/2",
    "log(q(z/T)/T) + log(T) + (1 - 1/T^2)*log(2*pi)/2",
  ];
  // END SOLUTION
}

/** Whole numbers below `levels` with noise, spread over [0, 1). */
export function addNoise(pixels: number[], noise: number[], levels: number): number[] {
  // BEGIN SOLUTION
  return pixels.map((n, i) => (n + noise[i]) / levels);
  // END SOLUTION
}

/** Bits per dimension of a log-density in nats, of levels · y, of y, or of the logit of α + (1 − 2α)y. */
export function bitsPerNumber(
  logDensity: number,
  y: number[],
  levels: number,
  scaling: number,
  alpha: number,
): number {
  // BEGIN SOLUTION
  // The log-density of x = levels · y, by one change of variables after the other.
  let ofX = logDensity;
  if (scaling === 2)
    for (const value of y) {
      const t = alpha + (1 - 2 * alpha) * value;
      ofX += Math.log(1 - 2 * alpha) - Math.log(t) - Math.log(1 - t);
    }
  if (scaling >= 1) ofX -= y.length * Math.log(levels);
  return -ofX / (y.length * Math.log(2));
  // END SOLUTION
}

/** From the density of a pixel's logit to its bits, line by line. */
export function bitsSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "-log(p(log(t/(1 - t)))*(1/t + 1/(1 - t))*(1 - 2*a)/256)/log(2)",
    "-log(p(log(t/(1 - t)))/(t*(1 - t))*(1 - 2*a)/256)/log(2)",
    "-(log(p(log(t/(1 - t)))) - log(t) - log(1 - t) + log(1 - 2*a) - log(256))/log(2)",
    "log(256)/log(2) + (log(t) + log(1 - t) - log(1 - 2*a) - log(p(log(t/(1 - t)))))/log(2)",
    "8 + (log(t) + log(1 - t) - log(1 - 2*a) - log(p(log(t/(1 - t)))))/log(2)",
  ];
  // END SOLUTION
}

/** What stays of a squeezed image, what leaves, and the log-density of the latter under a standard normal base, in nats. */
export function splitChannels(
  h: number[],
  channels: number,
): { stays: number[]; leaves: number[]; logDensity: number } {
  // BEGIN SOLUTION
  const isFirst = (at: number): boolean => at % channels < channels / 2;
  const stays = h.filter((_, at) => isFirst(at));
  const leaves = h.filter((_, at) => !isFirst(at));
  const logDensity = leaves.reduce((sum, v) => sum - (v * v + Math.log(2 * Math.PI)) / 2, 0);
  return { stays, leaves, logDensity };
  // END SOLUTION
}

/** The squeezed image again. */
export function mergeChannels(stays: number[], leaves: number[], channels: number): number[] {
  // BEGIN SOLUTION
  const half = channels / 2;
  return Array.from({ length: stays.length + leaves.length }, (_, at) => {
    const [place, c] = [Math.floor(at / channels), at % channels];
    return c < half ? stays[place * half + c] : leaves[place * half + c - half];
  });
  // END SOLUTION
}

/** From a normal density whose mean and deviation depend on what stays to a coupling on a standard normal base. */
export function priorSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "log(exp(-((b - m(a))/exp(s(a)))^2/2)/(sqrt(2*pi)*exp(s(a))))",
    "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) - log(exp(s(a)))",
    "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) - s(a)",
    "log(p((b - m(a))/exp(s(a)))) - s(a)",
    "log(p((b - m(a))*exp(-s(a)))) - s(a)",
  ];
  // END SOLUTION
}

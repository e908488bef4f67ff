/** A line and soft steps, in double precision: what {@link solveElements} is given of maps that have no closed form back. */
export interface SoftSteps {
  readonly slope: number;
  readonly offset: number;
  readonly steps: readonly { readonly height: number; readonly centre: number; readonly width: number }[];
}

/** a·x + b + Σ_k c_k·tanh((x − m_k)/s_k), and its slope. */
export function evaluateSteps(
  x: number,
  { slope, offset, steps }: SoftSteps,
): { value: number; slope: number } {
  let [value, derivative] = [slope * x + offset, slope];
  for (const { height, centre, width } of steps) {
    const bend = Math.tanh((x - centre) / width);
    value += height * bend;
    derivative += (height / width) * (1 - bend * bend);
  }
  return { value, slope: derivative };
}

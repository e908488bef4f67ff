import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { checks } from "./sampling.checks.ts";
import { logistic, pushed, signatures } from "./sampling.domain.ts";
import { pushingMixtures, samplingMixtures } from "./sampling.ingredients.ts";
import { misconceptions, mutants } from "./sampling.misconceptions.ts";

export const sampling = exercise({
  id: "1D.sampling",
  path: "01-change-of-variables/sampling",
  title: "Sampling: push through f, or invert the distribution function",
  source:
    "Section 16.1 of Prince, Understanding Deep Learning; inverse transform sampling after von Neumann, 1947",
  statement: prose`
Two ways to sample.

1. \`pushSamples(z, forward)\` pushes samples of the base through $f$: one $x$ for each $z$, in the same order.
2. \`sampleLogistic(u, location, scale)\` turns numbers $u$ from $(0, 1)$ into samples of the logistic distribution by inverting
   its distribution function $F(x) = \frac{1}{1 + e^{-(x - m)/s}}$ with location $m$ and scale $s > 0$: return $F^{-1}(u)$ for each $u$,
   with nine digits right also where $u$ is very close to 0 or to 1. (Compute in double precision: float32 has seven. What comes out
   may be kept in a \`Float32Array\`.)

The randomness comes in as an argument, so both functions give the same answer each time. They leave their arguments as they are.`,
  signatures,
  domains: { pushSamples: pushed, sampleLogistic: logistic },
  checks,
  hints: [
    "`z.map(...)` applies a function to each element and keeps the order.",
    "Solve $u = 1 / (1 + e^{-(x - m)/s})$ for $x$, step by step: first isolate the exponential.",
    "$x = m + s \\log\\frac{u}{1 - u}$.",
  ],
  reference: {
    pushSamples: (z, forward) => z.map((value) => forward(value)),
    sampleLogistic: (u, location, scale) =>
      u.map((value) => location + scale * (Math.log(value) - Math.log1p(-value))),
  },
  parts: [
    {
      export: "sampleLogistic",
      by: "sum",
      of: [
        { name: "the location $m$", value: ({ inputs: [, location] }) => location },
        { name: "$s \\log u$", value: ({ inputs: [u, , scale] }, i) => scale * Math.log(u[i] as number) },
        {
          name: "$-s \\log(1 - u)$",
          value: ({ inputs: [u, , scale] }, i) => -scale * Math.log1p(-(u[i] as number)),
        },
      ],
    },
  ],
  ingredients: [
    { export: "pushSamples", mixtures: pushingMixtures },
    { export: "sampleLogistic", mixtures: samplingMixtures },
  ],
  misconceptions,
  mutants,
  async illustrate(learner) {
    const forward = mapRef("sinh", 0.7);
    const [location, scale] = [1, 2];
    const z = grid(-2.5, 2.5, 41);
    const u = grid(0.01, 0.99, 50);
    // One call for a whole curve, as the functions take lists; a list of another length has no place on the axis.
    const from = (inputs: number[], ask: () => Promise<number[]>) => {
      let asked: Promise<number[]> | undefined;
      return async (input: number) => {
        asked ??= ask();
        const list = await asked;
        return list.length === inputs.length ? (list[inputs.indexOf(input)] as number) : Number.NaN;
      };
    };
    return panels(
      await yoursAgainstAsked(
        z,
        from(z, () => learner.pushSamples(z, forward)),
        buildMap(forward),
        { x: "z", y: "pushSamples" },
      ),
      await yoursAgainstAsked(
        u,
        from(u, () => learner.sampleLogistic(u, location, scale)),
        (v) => location + scale * (Math.log(v) - Math.log1p(-v)),
        {
          x: "u, with m = 1 and s = 2",
          y: "sampleLogistic",
        },
      ),
    );
  },
});

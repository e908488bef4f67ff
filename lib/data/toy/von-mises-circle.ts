import { vonMises } from "../../distributions/von-mises.ts";
import { scaledBesselI } from "../../ground/functions/special-functions.ts";
import type { ToyDensity } from "./toy-density.ts";

const [mean, concentration] = [Math.PI / 2, 4];
const angles = vonMises({ mean, concentration, eventShape: [1] });
const logNormalizer = Math.log(2 * Math.PI * scaledBesselI(0, concentration));

/**
 * Angles in [−π, π) around π/2 with concentration 4: a density on the circle, for flows that keep to it.
 *
 * log p(x) = 4·cos(x − π/2) − log(2π I₀(4)) nats.
 */
export const vonMisesCircle: ToyDensity = {
  name: "von Mises",
  dimension: 1,
  range: [[-Math.PI, Math.PI]],
  sample: (count, random) => angles.sample(count, random) as ReturnType<ToyDensity["sample"]>,
  logProb: ([angle]) => concentration * (Math.cos(angle - mean) - 1) - logNormalizer,
  entropy: angles.entropy ?? Number.NaN,
};

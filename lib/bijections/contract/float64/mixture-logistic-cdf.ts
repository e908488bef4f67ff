import { logistic, softplus } from "./activation.ts";
import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

/** z = logit(F(x))·e^s + t for a mixture F of logistic distributions, inverted by bisection (Ho et al. 2019). */
export function exactMixtureLogisticCdf(components: number): Scalar {
  return {
    parameters: 3 * components + 2,
    at: (params) => {
      const part = (i: number) => params.slice(i * components, (i + 1) * components);
      const powers = part(0).map(Math.exp);
      const total = powers.reduce((sum, v) => sum + v, 0);
      const means = part(1).map((v, k) => v * (components === 1 ? 1 : 0.5 + k / (components - 1)));
      const scales = part(2).map((v) => Math.exp(4 * Math.tanh(v / 4)));
      const [shift, slope] = [
        params[3 * components],
        Math.exp(3 * Math.tanh(params[3 * components + 1] / 3)),
      ];
      const inverse = (x: number) => slope * (logOf(x, 1) - logOf(x, -1)) + shift;
      /** log F, or log(1 − F): by the sum itself where it is a number, else by its largest part. */
      const logOf = (x: number, side: 1 | -1) => {
        const at = means.map((mean, k) => (side * (x - mean)) / scales[k]);
        const sum = at.reduce((all, v, k) => all + (powers[k] / total) * logistic(v), 0);
        if (sum > 1e-290) return Math.log(sum);
        return Math.max(...at.map((v, k) => Math.log(powers[k] / total) - softplusOf(-v)));
      };
      const softplusOf = (v: number) => (v > 30 ? v : softplus(v));
      return { inverse, forward: (z) => bisect(inverse, z, -1e7, 1e7) };
    },
  };
}

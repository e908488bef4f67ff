import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  drawnOf,
  latentDomain,
  latents,
  pointDomain,
  points,
  powerOf,
  type signatures,
  task,
  temperedOf,
} from "./temperature.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the log-density of colder latents",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logTempered([0], 1), want: temperedOf([0], 1) }),
        text: "With $T = 1$ it is the standard normal log-density: at 0 it is $-\\tfrac12\\log 2\\pi = -0.9189$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logTempered([0], 0.5), want: temperedOf([0], 0.5) }),
        text: "With $T = 1$ the density at 0 is right. With $T = 0.5$ it is twice as high there, as all is within half the width: $-\\log(0.5\\sqrt{2\\pi}) = -0.2258$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logTempered([1], 0.5), want: temperedOf([1], 0.5) }),
        text: "At 0 it is right. $z = 1$ is two deviations from 0 if $T = 0.5$: $-\\tfrac12 \\cdot 2^2 = -2$ is added.",
      },
      { text: "One latent is right. Of several, all log-densities are added, each with its own constant." },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, latents)) {
        const [z, T] = inputs;
        const want = temperedOf(z, T);
        expect.close(
          await learner.logTempered([...z], T),
          want,
          allowedErrors(latentDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the log-density of what is drawn from them",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logDrawn(1, 1), want: drawnOf(1, 1) }),
        text: "$x = 1$ comes from $z = \\log 1 = 0$, where the slope $e^z$ is 1: with $T = 1$ the log-density is that of $z$, $-0.9189$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logDrawn(Math.E, 1), want: drawnOf(Math.E, 1) }),
        text: "At $x = 1$ it is right. $x = e$ comes from $z = 1$; the slope there is $e$, so $\\log e = 1$ is taken away: $-\\tfrac12 - 0.9189 - 1$.",
      },
      {
        text: "With $T = 1$ it is right. $T$ changes how $z$ is drawn, and nothing of the map: the log-density of $z = \\log x$ with deviation $T$, minus the logarithm of the same slope.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, points)) {
        const want = drawnOf(...inputs);
        expect.close(await learner.logDrawn(...inputs), want, allowedErrors(pointDomain, want, ...inputs));
      }
    },
  },
  {
    name: "the model's own density to the power",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.logPower(Math.E, 1), want: powerOf(Math.E, 1) }),
        text: "With $T = 1$ the power is 1, and it is the model itself: the density of $z = \\log x$ divided by the slope, as in `logDrawn` with $T = 1$.",
      },
      {
        when: ["value"],
        test: async (learner) => ({
          got: (await learner.logPower(4, 0.5)) - (await learner.logPower(1, 0.5)),
          want: 4 * (drawnOf(4, 1) - drawnOf(1, 1)),
        }),
        text: "With $T = 1$ it is right. Up to a constant it is the model's log-density times $1/T^2$, the slope's part included: with $T = 0.5$ the difference between two places is four times that of the model.",
      },
      {
        text: "Differences are right, a constant is not. The density has to integrate to 1: with $u = \\log x$ and $k = 1/T^2$ the integrand is $e^{-ku^2/2 - ku + u}$. Complete the square: that is a normal density in $u$, of which mean and which deviation?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, points)) {
        const want = powerOf(...inputs);
        expect.close(await learner.logPower(...inputs), want, allowedErrors(pointDomain, want, ...inputs));
      }
    },
  },
  derivationCheck<typeof signatures>({
    of: "powerSteps",
    name: "a power of the normal density is a normal density: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line: the exponent in front of the logarithm, the logarithm of a quotient, the product multiplied out, $z^2/T^2$ written as $(z/T)^2$, the standard normal density recognised and called q.",
    task,
  }),
];

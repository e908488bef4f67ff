import type { Misconception, Mutant } from "../../exercise.ts";
import {
  drawnOf,
  logNormal,
  powerOf,
  STEPS,
  type signatures,
  task,
  temperedOf,
} from "./temperature.domain.ts";

type Wrong = Misconception<typeof signatures>;

const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;

function slip(id: string, explanation: string, lines: string[], is: (line: string) => boolean): Wrong {
  return {
    id,
    explanation,
    implementation: { powerSteps: () => lines },
    shows: (answers) =>
      answers.some(
        ({ got }) =>
          Array.isArray(got) &&
          got.slice(1).some((line) => typeof line === "string" && is(line.replaceAll(/\s/g, ""))),
      ),
  };
}

const logOf =
  (z: (x: number) => number) =>
  (x: number, T: number): number =>
    logNormal(z(x), 0, T);

export const misconceptions: readonly Wrong[] = [
  {
    id: "variance-t",
    explanation:
      "Your latents have the *variance* $T$, which is the power $1/T$. Drawing with temperature $T$ multiplies standard normal numbers by $T$: that is their deviation, the variance is $T^2$, and the power $1/T^2$.",
    implementation: { logTempered: (z, T) => temperedOf(z, Math.sqrt(T)) },
    variants: [
      {
        logTempered: (z, T) => temperedOf(z, Math.sqrt(T)),
        logDrawn: (x, T) => drawnOf(x, Math.sqrt(T)),
        logPower: (x, T) => powerOf(x, Math.sqrt(T)),
      },
      { logDrawn: (x, T) => drawnOf(x, Math.sqrt(T)) },
      { logPower: (x, T) => powerOf(x, Math.sqrt(T)) },
      { logPower: (x, T) => logNormal(Math.log(x), T * T - 1, Math.sqrt(T)) - Math.log(x) },
    ],
  },
  {
    id: "power-t-squared",
    explanation:
      "Your power is $T^2$, so that a *low* temperature makes the density wider. In the exponent stands $-z^2/2$; dividing $z$ by $T$ multiplies that by $1/T^2$, which is above 1 for $T < 1$.",
    implementation: { logTempered: (z, T) => temperedOf(z, 1 / T) },
    variants: [
      {
        logTempered: (z, T) => temperedOf(z, 1 / T),
        logDrawn: (x, T) => drawnOf(x, 1 / T),
        logPower: (x, T) => powerOf(x, 1 / T),
      },
      { logDrawn: (x, T) => drawnOf(x, 1 / T) },
      { logPower: (x, T) => powerOf(x, 1 / T) },
    ],
  },
  {
    id: "width-left-as-it-was",
    explanation:
      "You divide the density by $T$, but its width is still 1. A latent of temperature $T$ is $T$ times a standard normal one: it is $z/T$ that stands in the exponent.",
    implementation: { logTempered: (z, T) => temperedOf(z, 1) - z.length * Math.log(T) },
    variants: [{ logDrawn: (x, T) => drawnOf(x, 1) - Math.log(T) }],
  },
  {
    id: "constant-without-t",
    explanation:
      "Your normal density is not divided by $T$. A narrower one is higher: its constant is $1/(T\\sqrt{2\\pi})$.",
    implementation: {
      logTempered: (z, T) => temperedOf(z, T) + z.length * Math.log(T),
    },
    variants: [
      { logDrawn: (x, T) => drawnOf(x, T) + Math.log(T) },
      {
        logTempered: (z, T) => temperedOf(z, T) + z.length * Math.log(T),
        logDrawn: (x, T) => drawnOf(x, T) + Math.log(T),
        logPower: (x, T) => powerOf(x, T) + Math.log(T),
      },
    ],
  },
  {
    id: "constant-once",
    explanation:
      "You take $\\log(T\\sqrt{2\\pi})$ off once. *Each* latent has a normal density of its own, with its own constant.",
    implementation: {
      logTempered: (z, T) => temperedOf(z, T) + (z.length - 1) * (Math.log(T) + HALF_LOG_2PI),
    },
  },
  {
    id: "power-not-normalized",
    explanation:
      "That is the model's log-density times $1/T^2$. A power of a density has another integral than 1. What has to be added is the same for all $x$: complete the square in $u = \\log x$.",
    implementation: { logPower: (x, T) => drawnOf(x, 1) / (T * T) },
  },
  {
    id: "latents-to-the-power-and-not-normalized",
    explanation:
      "You multiply the standard normal log-density by $1/T^2$. That is right up to a constant, and its integral is not 1: the normal density of deviation $T$ is asked for.",
    implementation: { logTempered: (z, T) => temperedOf(z, 1) / (T * T) },
  },
  {
    id: "power-of-the-base-only",
    explanation:
      "Your power is that of the base alone; the slope's part is left as it was. So you get what is *drawn*. The model is $Pr(z)/|\\text{slope}|$, and its power is that of both.",
    implementation: { logPower: (x, T) => drawnOf(x, T) },
  },
  {
    id: "drawn-is-the-power",
    explanation:
      "That is the model's own density to the power $1/T^2$. What is *drawn* comes from colder latents through the same map: the slope's part has no $T$ in it.",
    implementation: { logDrawn: (x, T) => powerOf(x, T) },
    variants: [{ logDrawn: (x, T) => drawnOf(x, 1) / (T * T) }],
  },
  {
    id: "slope-forgotten",
    explanation:
      "Your log-density is that of $z = \\log x$. The map stretches there by $e^z = x$, so $\\log x$ has to be taken away.",
    implementation: { logDrawn: logOf(Math.log) },
  },
  {
    id: "slope-added",
    explanation: "You add $\\log x$. Where the map stretches, the density *falls*: $-\\log x$.",
    implementation: { logDrawn: (x, T) => drawnOf(x, T) + 2 * Math.log(x) },
  },
  {
    id: "number-multiplied-by-t",
    explanation:
      "You let $T$ multiply $x$. It multiplies the *latent*, before the map: $x = e^{Tz}$ for a standard normal $z$, and not $T e^z$.",
    implementation: { logDrawn: (x, T) => drawnOf(x / T, 1) - Math.log(T) },
    variants: [{ logDrawn: (x, T) => logNormal(Math.log(x / T), 0, 1) - Math.log(x / T) }],
  },
  {
    id: "slope-with-t",
    explanation:
      "There is a $T$ in your slope. Either $z$ has the deviation $T$, and the map $e^z$ the slope $x$; or a standard normal $z$ is mapped by $e^{Tz}$, of the slope $T x$. Then $\\log T$ is there already, and counts once.",
    implementation: { logDrawn: (x, T) => drawnOf(x, T) - Math.log(T) },
    variants: [
      { logDrawn: (x, T) => logNormal(Math.log(x), 0, T) - T * Math.log(x) },
      { logDrawn: (x, T) => logNormal(Math.log(x), 0, T) - Math.log(x) / T },
    ],
  },
  {
    id: "density-of-the-number-itself",
    explanation:
      "You put $x$ into the normal density as it is. It belongs to $z = \\log x$, from which $x$ was made.",
    implementation: { logDrawn: (x, T) => logNormal(x, 0, T) },
    variants: [
      { logDrawn: (x, T) => logNormal(x, 0, T) - Math.log(x) },
      { logDrawn: (x, T) => logNormal(x, 0, T) - x },
    ],
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density itself; asked for is its logarithm, in nats.",
    implementation: {
      logTempered: (z, T) => Math.exp(temperedOf(z, T)),
      logDrawn: (x, T) => Math.exp(drawnOf(x, T)),
      logPower: (x, T) => Math.exp(powerOf(x, T)),
    },
    variants: [
      { logDrawn: (x, T) => Math.exp(drawnOf(x, T)) },
      { logPower: (x, T) => Math.exp(powerOf(x, T)) },
      { logTempered: (z, T) => Math.exp(temperedOf(z, T)) },
    ],
  },
  slip(
    "root-without-the-power",
    "A line of yours multiplies $-z^2/2$ by $1/T^2$ and leaves $\\log 2\\pi$ as it was. The power is that of the whole quotient.",
    [STEPS[0], "-z^2/(2*T^2) - log(2*pi)/2", task.last],
    (line) => /^-z\^2\/\(2\*T\^2\)-log\(2\*pi\)\/2$/.test(line),
  ),
  slip(
    "power-into-the-logarithm",
    "A line of yours has $\\log(\\dots)^{1/T^2}$, the power of a *logarithm*. The logarithm of a power is the exponent times the logarithm.",
    [STEPS[0], "log(exp(-z^2/2)/sqrt(2*pi))^(1/T^2)", STEPS[3], task.last],
    (line) => line.includes("log(exp(-z^2/2)/sqrt(2*pi))^"),
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "no-steps", implementation: { powerSteps: () => [task.first, task.last] } },
  { id: "backwards", implementation: { powerSteps: () => [...STEPS].reverse() } },
  { id: "always-warm", implementation: { logTempered: (z) => temperedOf(z, 1) } },
  {
    id: "mean-of-the-other-sign",
    implementation: { logPower: (x, T) => logNormal(Math.log(x), 1 - T * T, T) - Math.log(x) },
  },
  {
    id: "mode-for-mean",
    implementation: { logPower: (x, T) => logNormal(Math.log(x), -T * T, T) - Math.log(x) },
  },
];

import { exercise, prose } from "../../exercise.ts";
import { checks } from "./temperature.checks.ts";
import {
  drawnOf,
  latentDomain,
  pointDomain,
  powerOf,
  STEPS,
  signatures,
  task,
  temperedOf,
} from "./temperature.domain.ts";
import { misconceptions, mutants } from "./temperature.misconceptions.ts";

export const temperature = exercise({
  id: "09.temperature",
  path: "09-glow/temperature",
  title: "Temperature, of the base and of the model",
  source:
    "Section 16.5.2 of Prince, Understanding Deep Learning; Kingma and Dhariwal, Glow, arXiv:1807.03039v2, section 6",
  statement: prose`
To draw with the temperature $T > 0$, standard normal latents are multiplied by $T$. Here the flow is $x = e^z$ with a standard normal $z$, whose slope is not the same everywhere. Write

- \`logTempered(z, T)\`: the log-density of a list of such latents, which are independent;
- \`logDrawn(x, T)\`: the log-density at a number $x > 0$ of $x = e^z$, if $z$ is drawn with the temperature $T$;
- \`logPower(x, T)\`: the logarithm at $x > 0$ of the *model's* density to the power $1/T^2$, $Pr(x)^{1/T^2}$ divided by its integral over all $x > 0$. (It has a closed form.)

All are in nats, to nine digits of the largest terms; float32 tensors will do: of them fewer digits are asked.

**Show** too why the power is $1/T^2$. \`powerSteps()\` is a list of lines, each equal to the one before. The first is the logarithm of a power of the standard normal density, and the last a normal density of deviation T with what has no z in it:

- \`"${task.first}"\`
- \`"${task.last}"\`

Here q is the standard normal density. One line in between has to be without q. You may use log, exp, sqrt, pi, the function q, and plain arithmetic.`,
  signatures,
  domains: { logTempered: latentDomain, logDrawn: pointDomain, logPower: pointDomain },
  checks,
  hints: [
    "The density of a number that was multiplied by $T$ is $q(z/T)/T$. For $x = e^z$ use chapter 1: the density of $z = \\log x$, divided by the slope at this $z$, which is $x$ itself.",
    "For `logPower` take $u = \\log x$ and $k = 1/T^2$. Up to a constant, $Pr(x)^k = e^{-ku^2/2}\\,e^{-ku}$, and $dx = e^u du$. So the density of $u$ is proportional to $e^{-ku^2/2 + (1-k)u}$: complete the square.",
    "$-\\tfrac k2 u^2 + (1-k)u = -\\tfrac k2 (u - m)^2 + \\text{const}$ with $m = (1-k)/k = T^2 - 1$: $u$ is normal with mean $m$ and deviation $T$. Go back to $x$ as in `logDrawn`.",
  ],
  reference: {
    logTempered: (z, T) => temperedOf(z, T),
    logDrawn: (x, T) => drawnOf(x, T),
    logPower: (x, T) => powerOf(x, T),
    powerSteps: () => [...STEPS],
  },
  misconceptions,
  mutants,
});

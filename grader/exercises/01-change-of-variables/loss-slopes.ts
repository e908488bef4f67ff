import { exercise, prose } from "../../exercise.ts";
import { checks } from "./loss-slopes.checks.ts";
import { STEPS_OF_A, STEPS_OF_B, signatures } from "./loss-slopes.derivation.ts";
import { misconceptions, mutants } from "./loss-slopes.misconceptions.ts";

export const lossSlopes = exercise({
  id: "1D.slopes",
  path: "01-change-of-variables/loss-slopes",
  title: "The slopes of the loss, line by line",
  source: "After equation 16.2",
  statement: prose`
One number $x$ adds to the loss of the flow $x = e^a z + b$ what its normal density costs and the price of stretching: $a + z^2/2$ with $z = (x - b)e^{-a}$, and a constant.
**Show** the derivatives of that by $a$ and by $b$, each as a list of four lines or more, each line equal to the one before. The check puts random numbers into the letters and names the first line that does not hold.

- \`slopeOfA()\` begins with \`"da(a + ((x - b)*exp(-a))^2/2)"\` and ends with \`"1 - ((x - b)*exp(-a))^2"\`.
- \`slopeOfB()\` begins with \`"db(a + ((x - b)*exp(-a))^2/2)"\` and ends with \`"-exp(-a)*((x - b)*exp(-a))"\`.

da( ) is the derivative by $a$ of what stands in its brackets, and db( ) that by $b$. There are exp, log, sqrt, products, quotients and powers.`,
  signatures,
  checks,
  hints: [
    "The derivative of a sum is a sum of derivatives: $a$ itself is one of its terms.",
    "The derivative of a square: `z^2/2` has the derivative `z` times that of `z`. Leave that as da( ) or db( ) in one line, and do it in the next.",
    "Of $z = (x - b)e^{-a}$ the derivative by $a$ is $-z$, and that by $b$ is $-e^{-a}$.",
  ],
  misconceptions,
  mutants,
  reference: { slopeOfA: () => [...STEPS_OF_A], slopeOfB: () => [...STEPS_OF_B] },
});

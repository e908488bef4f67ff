import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./train-and-generate.checks.ts";
import {
  AT_ZERO,
  drawDomain,
  drawStart,
  drawTruth,
  STEPS,
  type Start,
  signatures,
  task,
  trainDomainFrom,
  trainTruth,
} from "./train-and-generate.domain.ts";
import { misconceptions, mutants } from "./train-and-generate.misconceptions.ts";

const withStart = (of: Start) =>
  exercise({
    id: "1D.train",
    path: "01-change-of-variables/train-and-generate",
    title: "A flow of your own, from its loss to new data",
    source: "Sections 16.1.1 and 16.1.3 of Prince, Understanding Deep Learning",
    statement: prose`
The flow $x = e^a z + b$ once more, from beginning to end.

- \`lossSteps()\`: **show** what one number $x$ adds to the loss, as a list of four lines or more, each equal to the one before. The first is minus the logarithm of equation 16.1,
  \`"${task.first}"\`, and the last \`"${task.last}"\`. In it p is the standard normal density; log, exp, abs, sqrt and pi mean what they say. One line between the ends has to have p written out.
- \`train(data, rate, steps)\`: so many steps of gradient descent on the average of that loss, from $a = 0$, $b = ${of.shift}$, both parameters at once. Return \`{ a, b }\`. (You have written one step of it in the exercise before.)
  There is at least one number in \`data\`; there may be no step; the rate goes from 0 to 2.
- \`generate(z, a, b)\`: the new $x$ of each number of $z$, of which there may be none.

Seven digits are to be right, so work with numbers, not with float32 tensors. The lists stay as they are.`,
    signatures,
    domains: { train: trainDomainFrom(of), generate: drawDomain },
    checks: checks(of),
    hints: [
      "log(p/s) = log(p) - log(s), and both signs turn round in front of it. The size of exp(a) is exp(a), and its logarithm is a.",
      'The normal density written out is `"exp(-((x - b)/exp(a))^2/2)/sqrt(2*pi)"`; the logarithm of an exponential is its exponent, and log(sqrt(2*pi)) is log(2*pi)/2.',
      "In the loop: compute all $z_i = (x_i - b)e^{-a}$ with the present $a$ and $b$, then $\\overline{z}$ and $\\overline{z^2}$, and only then change $a$ by $-\\text{rate}\\,(1 - \\overline{z^2})$ and $b$ by $\\text{rate}\\,e^{-a}\\,\\overline{z}$. Forward: $x = e^a z + b$.",
    ],
    reference: {
      lossSteps: () => [...STEPS],
      train(data, rate, steps) {
        const [a, b] = trainTruth(of, [[...data], rate, steps]);
        return { a, b };
      },
      generate: (z, a, b) => drawTruth([[...z], a, b]),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
    async illustrate(learner) {
      const data = [-1, 0.5, 2, 3];
      return yoursAgainstAsked(
        grid(0, 40, 41),
        async (steps) => (await learner.train(data, 0.2, steps)).a,
        (steps) => trainTruth(of, [data, 0.2, steps])[0],
        { x: "steps", y: "a, for the data −1, 0.5, 2, 3 and rate 0.2" },
      );
    },
  });

export const trainAndGenerate = variedExercise(withStart, { numbers: AT_ZERO, draw: drawStart });

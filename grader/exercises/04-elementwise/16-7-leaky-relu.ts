import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-7-leaky-relu.checks.ts";
import {
  determinantTruth,
  drawLeak,
  inverseTruth,
  inverting,
  LEAK,
  type Leak,
  measuring,
  signatures,
} from "./16-7-leaky-relu.domain.ts";
import { misconceptions, mutants } from "./16-7-leaky-relu.misconceptions.ts";

const withLeak = (of: Leak) =>
  exercise({
    id: "16.7",
    path: "04-elementwise/16-7-leaky-relu",
    title: "Leaky ReLU as a flow",
    source: "Prince, Understanding Deep Learning, Problem 16.7",
    statement: prose`
The leaky ReLU is (equation 16.31)

$$\text{LReLU}[z] = \begin{cases} ${of.leak}\,z & \text{if } z < 0,\\ z & \text{if } z \ge 0. \end{cases}$$

Write \`leakyInverse(x)\`, the $z$ from which $x = \text{LReLU}[z]$ comes. Then let it act on each of the numbers of $z = (z_1, \dots, z_D)$ by itself
(equation 16.32), and write \`inverseDeterminant(z)\`, one over the absolute determinant of the Jacobian, $\left|\frac{\partial f}{\partial z}\right|^{-1}$.
At 0, where there is a corner, let the slope be 1, as in the second case. There is at least one number, no more than 200 of them are below 0, and \`z\` stays as it is.
Nine digits are to be right; float32 tensors are exact enough.`,
    signatures,
    domains: { leakyInverse: inverting, inverseDeterminant: measuring },
    checks: checks(of),
    hints: [
      "On each side of 0 the function is a multiplication by a positive number. Which numbers land on which side?",
      `The Jacobian of an elementwise map is diagonal, with $f'(z_d)$ on it: ${of.leak} or 1. Its determinant is the product.`,
      `$x / ${of.leak}$ below 0, $x$ elsewhere. The inverse determinant is $${of.leak}^{-n}$ where $n$ counts the $z_d$ below 0.`,
    ],
    reference: {
      leakyInverse: (x) => inverseTruth(of, x),
      inverseDeterminant: (z) => determinantTruth(of, z),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
    async illustrate(learner) {
      return yoursAgainstAsked(
        grid(-1, 2, 61),
        (x) => learner.leakyInverse(x),
        (x) => inverseTruth(of, x),
        {
          x: "x",
          y: "z",
        },
      );
    },
  });

export const leakyRelu = variedExercise(withLeak, { numbers: LEAK, draw: drawLeak });

import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-11-reverse-kl.checks.ts";
import { gradientDomain, lossDomain, lossTruth, signatures } from "./16-11-reverse-kl.domain.ts";
import { oneBell } from "./16-11-reverse-kl.draws.ts";
import {
  drawFold,
  type Fold,
  foldDomain,
  foldStatement,
  foldTruth,
  TEXTBOOK,
} from "./16-11-reverse-kl.fold.ts";
import { misconceptions, mutants } from "./16-11-reverse-kl.misconceptions.ts";
import { STEPS } from "./16-11-reverse-kl.task.ts";

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const withFold = (of: Fold) =>
  exercise({
    id: "16.11",
    path: "09-glow/16-11-reverse-kl",
    title: "A student that learns from a density",
    source: "Prince, Understanding Deep Learning, Problem 16.11",
    statement: prose`
A student $x = f(z)$ is to have the density $q(x)$, of which there are no samples. Equation 16.25 minimises the divergence of its own draws from $q$.

**On paper, checked line by line.** Of the target only u is known, $q(x) = u(x)/K$. Write \`klSteps()\`, a list of four lines or more, each equal to the one before:

- first line \`"E(log(m(f(z))/q(f(z))))"\`,
- last line \`"E(log(p(z)) - log(abs(df(z))) - log(u(f(z)))) + log(K)"\`.

E( ) is the expectation over z, p the base density, f the map and df its slope, and m the student's density of $x$, by equation 16.1.

**In numbers.** Write

- \`reverseLoss(z, f, slope, q)\`: the average, over the numbers of the list \`z\`, of $\log Pr(z) - \log|f'(z)| - \log q(f(z))$, with the standard normal $Pr$. \`f\`, its derivative \`slope\` and \`q\` are functions of one number; \`f\` may fall, and \`q\` may lack a factor;
- \`reverseGradient(z, a, b, q, qSlope)\` for $f(z) = e^a z + b$: the derivatives of this average by $a$ and by $b$, as \`{ a, b }\`. \`qSlope\` is the derivative of \`q\`.

There is at least one number in \`z\`. Nine digits are to be right, so compute in numbers, not in float32 tensors.

**Must the network be invertible?** Write

- \`needed()\`, which returns \`{ inverse, oneToOne, integral }\`, each \`true\` or \`false\`. \`inverse\`: is $f^{-1}(x)$ computed anywhere in this loss? \`oneToOne\`: has every $x$ to come from one $z$ only, so that the loss is the divergence, but for a constant? \`integral\`: has the integral of $q$ to be 1, so that the best $f$ is the right one?
- \`fold()\`, ${foldStatement(of)}. It returns two numbers, \`{ mass, gap }\`. \`mass\`: the mass of all $x$ by the formula with one $z$, $Pr(x) = Pr(z)/|f'(z)|$. \`gap\`: how many nats the loss is below the true divergence, for a $q$ with integral 1.
- \`reasoning()\`, a text of a few sentences: must the network be invertible, and why? It is **for a person to read**, who gives up to 3 more points for it. No program judges it.`,
    signatures,
    domains: { reverseLoss: lossDomain, reverseGradient: gradientDomain, fold: foldDomain },
    checks: checks(of),
    hints: [
      "Equation 16.1, asked at a draw: $m(f(z)) = p(z)/|f'(z)|$. Nothing has to be inverted for it, as $z$ is known.",
      "$\\frac{\\partial}{\\partial x}\\log q = \\frac{q'(x)}{q(x)}$, and $x = e^a z + b$ changes with $a$ by $e^a z$ and with $b$ by 1.",
      "$\\frac{\\partial L}{\\partial a}$ is $-1$ minus the average of $\\frac{q'(x)}{q(x)}\\,e^a z$ over the draws, and $\\frac{\\partial L}{\\partial b}$ is minus the average of $\\frac{q'(x)}{q(x)}$. The $-1$ is the student's own density.",
    ],
    reference: {
      klSteps: () => [...STEPS],
      reverseLoss: (z, f, slope, q) =>
        mean(
          z.map(
            (v) =>
              -(v * v) / 2 - Math.log(2 * Math.PI) / 2 - Math.log(Math.abs(slope(v))) - Math.log(q(f(v))),
          ),
        ),
      reverseGradient(z, a, b, q, qSlope) {
        const scale = Math.exp(a);
        const each = z.map((v) => ({ v, score: qSlope(scale * v + b) / q(scale * v + b) }));
        return {
          a: -1 - mean(each.map(({ v, score }) => score * scale * v)),
          b: -mean(each.map(({ score }) => score)),
        };
      },
      needed: () => ({ inverse: false, oneToOne: true, integral: false }),
      fold: () => foldTruth(of),
      reasoning: () => "",
    },
    misconceptions: misconceptions(of),
    mutants,
    rubric: {
      export: "reasoning",
      points: 3,
      // Learners see these before they have written: they must not say what is right.
      criteria: [
        { points: 1, text: "whether the inverse is computed, and where each $z$ comes from" },
        {
          points: 1,
          text: "whether $f$ has to be one-to-one, and what the formula for its density has to do with it",
        },
        { points: 1, text: "a reason or an example of your own that is right" },
      ],
    },
    async illustrate(learner) {
      const { q } = oneBell(1, 1, 0.8);
      const z = [-1.5, -0.5, 0, 0.5, 1.5];
      const asked = (a: number) =>
        [
          z,
          { map: "affine", parameters: [Math.exp(a), 1] },
          { map: "affine-derivative", parameters: [Math.exp(a)] },
          q,
        ] as const;
      return await yoursAgainstAsked(
        grid(-1.5, 1, 41),
        async (a) => await learner.reverseLoss([...z], asked(a)[1], asked(a)[2], q),
        (a) => lossTruth([[...z], asked(a)[1], asked(a)[2], q]),
        { x: "a, with b = 1", y: "loss (nats)" },
      );
    },
  });

export const reverseKl = variedExercise(withFold, { numbers: TEXTBOOK, draw: drawFold });

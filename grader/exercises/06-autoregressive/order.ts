import { exercise, prose } from "../../exercise.ts";
import { checks } from "./order.checks.ts";
import { domain, passesOf, RIGHT, signatures } from "./order.domain.ts";
import { misconceptions, mutants } from "./order.misconceptions.ts";

export const whichOrder = exercise({
  id: "06.order",
  path: "06-autoregressive/order",
  title: "Which flow for which task",
  source: "Sections 16.3.4 and 16.3.5 of Prince, Understanding Deep Learning",
  statement: prose`
A table first. A flow of $D$ numbers has so many \`layers\`; a *pass* is one application of one layer's network, which gives the parameters of all numbers at once, those of the first number too. \`networkPasses(D, layers, sweeps)\` returns three rows, for a coupling flow, a MAF and an IAF, each with three counts:

1. passes for the density of a point that is *given*;
2. for one sample;
3. for one sample *together with* its log-density.

Where numbers wait for each other a layer takes several passes, by Jacobi's iteration: each begins with what the one before has found, and it ends when nothing moves any more. That is after \`sweeps\` passes in each layer; but if \`sweeps\` is larger than $D$, after $D$. (One number after another is the same with \`sweeps\` = $D$.) All three are whole numbers, $D$ is at least 2, the others at least 1.

Then \`choices()\`, without arguments. It returns an object with a field for each of five tasks. Each field is an object with two texts: \`flow\`, which is "coupling", "MAF" or "IAF", and \`because\`, one of the letters below.

- \`likelihood\`: fit a density to a table of data by maximum likelihood; nobody will draw from it.
- \`variational\`: variational inference, in which $q$ is fitted by the reverse divergence $E_q[\log q - \log p]$.
- \`teacher\`: is fitted to data, and then says how dense the points of a student are.
- \`student\`: learns from the teacher by the same reverse divergence, and generates afterwards.
- \`product\`: one single model that is fitted to data, and then has to generate as fast as it was fitted.

Take a coupling, the least flexible of the three, only where each of the others is slow in something that the task asks for again and again. The letter says what that is: "a", the density of points that are given; "b", samples of its own with their log-density; "c", the first while it learns, samples afterwards.`,
  signatures,
  domains: { networkPasses: domain },
  checks,
  hints: [
    "For each flow write down which list its network is given: $x$ in a MAF, $z$ in an IAF, the half that stays in a coupling. Is that list known before the first number is computed? Then one pass will do.",
    "The density of one's own sample needs $z$ and the $\\alpha_d$. Who has just made the sample has both.",
    "In the direction that waits, each layer takes the smaller of `sweeps` and $D$. For the tasks: is a point *given* to the flow whose density it has to say, or does the flow draw it itself?",
  ],
  reference: {
    networkPasses: passesOf,
    choices: () => ({
      likelihood: { ...RIGHT.likelihood },
      variational: { ...RIGHT.variational },
      teacher: { ...RIGHT.teacher },
      student: { ...RIGHT.student },
      product: { ...RIGHT.product },
    }),
  },
  misconceptions,
  mutants,
});

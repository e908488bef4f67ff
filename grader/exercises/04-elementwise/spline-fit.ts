import { exercise, prose } from "../../exercise.ts";
import { checks } from "./spline-fit.checks.ts";
import { domains, quantileSpline, signatures } from "./spline-fit.domain.ts";
import { flowOf, misconceptions, mutants } from "./spline-fit.misconceptions.ts";

export const splineFit = exercise({
  id: "04.spline",
  path: "04-elementwise/spline-fit",
  title: "A spline flow of your own",
  source: "Section 16.3.2 of Prince, Understanding Deep Learning",
  statement: prose`
Build a flow on a line out of spline bins and fit it to data: \`fitSpline(data)\` takes 1,000 numbers between about $-4$ and 4, with two peaks, and returns \`forward\`, from $z$ to $x$, \`inverse\`, from $x$ to $z$, and
\`logDensity\`, in nats; each takes a list of numbers and returns one as long. The base is a standard normal. Any bins will do, and any way to fit them: by gradient descent on the likelihood, by the library, or by laying corners where
quantiles of the data meet those of the base. *New* numbers from the same source, of which some lie beyond all that you have seen, are to lose no more than 0.2 nats each, on average, against the true density
(the best straight line loses 0.25 or more; a trained spline about 0.02). Take at most 20 seconds; \`data\` stays as it is.`,
  signatures,
  domains: { fitSpline: domains },
  /** One check fits two models. */
  limits: { seconds: 45 },
  checks,
  hints: [
    "A spline from $x$ to $z$ needs corners $(x_k, z_k)$ that go up, and a positive slope at each. What should be where on the $z$ axis if the data are to look normal?",
    "As many data should lie below $x_k$ as there is mass of the base below $z_k$. With $z_k = -2.4, -2, \\dots, 2.4$ that is 0.8%, 2.3%, 5.5%, 11.5%, 21.2%, 34.5%, 50%, and so on upwards: sort the data and read off.",
    "For the slope at a corner take the mean of the steepness $\\Delta z/\\Delta x$ of both bins beside it. Beyond the ends go on with the last slope. Then `logDensity` is $-\\tfrac12 z^2 - \\tfrac12\\log 2\\pi + \\log \\partial z/\\partial x$.",
  ],
  reference: { fitSpline: (data) => flowOf(quantileSpline(data)) },
  misconceptions,
  mutants,
});

import { exercise, prose } from "../../exercise.ts";
import { checks } from "./cubed-normal.checks.ts";
import { densityDomain, densityTruth, massDomain, massTruth, signatures } from "./cubed-normal.domain.ts";
import { misconceptions, mutants } from "./cubed-normal.misconceptions.ts";

export const cubedNormal = exercise({
  id: "02.cube",
  path: "02-general-case/cubed-normal",
  title: "Differentiable is not enough",
  source: "Section 16.2.2 of Prince, Understanding Deep Learning, with the condition on the inverse",
  statement: prose`
$f(z) = z^3$ is differentiable everywhere and invertible everywhere. Let $z$ be standard normal and $x = f(z)$. Write \`density(x)\` for every $x \ne 0$, with eight digits
right; and \`massWithin(radius)\`, the probability that $|x|$ is below the radius (0 or more), with eight places behind the point. Look at both for a small $x$, or a small radius. (A fine sum over the bell will do, or the library's distribution function of the normal. Work with numbers, not with float32 tensors.)`,
  signatures,
  domains: { density: densityDomain, massWithin: massDomain },
  checks,
  hints: [
    "Equation 16.1 as ever: which $z$, and which slope there? `Math.cbrt` gives the cube root of a negative number, too.",
    "$Pr(x) = Pr(z)/(3z^2)$ with $z = \\sqrt[3]{x}$. And $|z^3| < r$ is $|z| < \\sqrt[3]{r}$.",
    "The mass between $-\\zeta$ and $\\zeta$ of a standard normal is $2\\Phi(\\zeta) - 1$, with $\\zeta = \\sqrt[3]{r}$.",
  ],
  reference: { density: densityTruth, massWithin: massTruth },
  misconceptions,
  mutants,
});

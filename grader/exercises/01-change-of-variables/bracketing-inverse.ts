import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { bisect, widen } from "./bracketing-inverse.bisection.ts";
import { checks } from "./bracketing-inverse.checks.ts";
import { domain, signatures } from "./bracketing-inverse.domain.ts";
import { misconceptions, mutants } from "./bracketing-inverse.misconceptions.ts";

export const bracketingInverse = exercise({
  id: "1D.inverse",
  path: "01-change-of-variables/bracketing-inverse",
  title: "Inverting a map that has no formula",
  source: "Section 16.1.2 of Prince, Understanding Deep Learning",
  statement: prose`
Many useful $f$ have no inverse on paper. If $f$ is continuous and increasing, it can still be inverted: find two points with $x$
between their images and halve the bracket. Write \`invert(forward, x)\` that returns the $z$ with \`forward(z)\` $= x$, to an
error of at most $10^{-9}$ in $z$ (relative to $|z|$ where $|z| > 1$; float32 has not so many digits). \`forward\` is increasing
and takes every real value; $z$ can be anywhere from $-10^{300}$ to $10^{300}$.`,
  signatures,
  domains: { invert: domain },
  checks,
  hints: [
    "First a bracket: start with $[-1, 1]$ and double each end until `forward(low)` $\\le x \\le$ `forward(high)`.",
    "Then halve: if `forward(middle) < x`, the answer lies above the middle, so `low = middle`; otherwise `high = middle`.",
    "Stop when `high - low` is below $10^{-9} \\max(1, |middle|)$, or when the middle is one of the ends: then no number lies between.",
  ],
  reference: {
    invert: (f, x) => bisect(f, x, widen(f, x), (low, high, middle) => middle === low || middle === high),
  },
  misconceptions,
  mutants,
  limits: { seconds: 3 },
  /** By the power of ten, since z can be anywhere: what stops at a bracket's end is flat from there on. */
  async illustrate(learner) {
    const f = mapRef("tanh-bump", 2);
    const decades = (z: number) => Math.sign(z) * Math.log10(1 + Math.abs(z));
    const at = (t: number) => Math.sign(t) * (10 ** Math.abs(t) - 1);
    return yoursAgainstAsked(
      grid(-8, 8, 65),
      async (t) => decades(await learner.invert(f, buildMap(f)(at(t)))),
      (t) => t,
      { x: "z that is right, in decades: ± log₁₀(1 + |z|)", y: "z that you found" },
    );
  },
});

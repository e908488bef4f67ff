import { exercise, prose } from "../../exercise.ts";
import { checks } from "./interpolation.checks.ts";
import {
  attributeDomain,
  attributeOf,
  signatures,
  sphericalDomain,
  sphericalOf,
  straightDomain,
  straightOf,
} from "./interpolation.domain.ts";
import { misconceptions, mutants } from "./interpolation.misconceptions.ts";

export const interpolation = exercise({
  id: "09.interpolation",
  path: "09-glow/interpolation",
  title: "Between two latents, and along an attribute",
  source:
    "White, Sampling generative networks, arXiv:1609.04468v3, sections 2.1 and 3; Kingma and Dhariwal, Glow, arXiv:1807.03039v2, section 6",
  statement: prose`
Latents are lists of numbers. Write three functions:

- \`straightBetween(from, to, t)\`: the point on the straight line between two latents, \`from\` at $t = 0$ and \`to\` at $t = 1$; $t$ is between 0 and 1.
- \`sphericalBetween(from, to, t)\`: the same along the arc, $\frac{\sin((1-t)\,\omega)}{\sin \omega}\,a + \frac{\sin(t\,\omega)}{\sin \omega}\,b$ for $a$ = \`from\` and $b$ = \`to\`, with the angle $\omega$ between them in radians. Their lengths may differ, and both are above 0. Where both point the same way, the arc is the straight line. Opposite ones are not asked for.
- \`attributeVector(latents, labels)\`: a matrix with a latent in each row, and a list that says 1 for each latent whose picture has an attribute (a smile, say), and 0 for each without. Give the mean latent of those with it minus the mean latent of those without. There is at least one of each.

Nine digits are to be right; float32 tensors will do: of them fewer digits are asked. Nothing that is given may be changed.`,
  signatures,
  domains: {
    straightBetween: straightDomain,
    sphericalBetween: sphericalDomain,
    attributeVector: attributeDomain,
  },
  checks,
  hints: [
    "For the straight line, each number is $(1 - t)\\,a_i + t\\,b_i$.",
    "The angle: $\\cos\\omega = a \\cdot b / (\\|a\\|\\,\\|b\\|)$. Before `Math.acos`, hold the cosine between −1 and 1: rounding may make it 1.0000000000000002. If the angle is 0, or nearly, return the straight line.",
    "For the attribute, filter the latents by their labels twice, average each group over its own count, and subtract number by number.",
  ],
  reference: {
    straightBetween: (from, to, t) => straightOf([from, to, t]),
    sphericalBetween: (from, to, t) => sphericalOf([from, to, t]),
    attributeVector: (latents, labels) => attributeOf([latents, labels]),
  },
  misconceptions,
  mutants,
});

import { exercise, prose } from "../../exercise.ts";
import { checks } from "./actnorm.checks.ts";
import {
  generateDomain,
  generateOf,
  logDetOf,
  normalizeDomain,
  normalizeOf,
  scalesDomain,
  scalesOf,
  signatures,
} from "./actnorm.domain.ts";
import { misconceptions, mutants } from "./actnorm.misconceptions.ts";

export const actnorm = exercise({
  id: "09.actnorm",
  path: "09-glow/actnorm",
  title: "ActNorm",
  source: "Kingma and Dhariwal, Glow, arXiv:1807.03039v2, section 3.1",
  statement: prose`
A picture with $C$ channels is one list, as in chapter 8: place after place, the $C$ numbers of a place side by side. ActNorm has one scale and one shift for each channel. On the way from $x$ to $z$ it computes $z = s_c\,x + b_c$
at every place. Training may make a scale negative, but never 0.

Write three functions:

- \`firstScales(batch, channels)\` gives \`{ s, b }\`, two lists with a number for each channel, such that each channel of \`batch\` has mean 0 and deviation 1 after the layer, over all its pictures and places together. The batch is a matrix with a row for each picture; all have the same size, and no channel is constant. The deviation is the root of the *mean* squared distance from the mean.
- \`normalizeChannels(x, s, b)\` takes one picture to \`{ z, logDet }\`, its list $z$ and the log-determinant of this direction, $\log|\det \partial z/\partial x|$ in nats.
- \`generateChannels(z, s, b)\` takes a list $z$ back to the picture $x$.

Ten digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked. Nothing that is given may be changed.`,
  signatures,
  domains: {
    firstScales: scalesDomain,
    normalizeChannels: normalizeDomain,
    generateChannels: generateDomain,
  },
  checks,
  hints: [
    "The number at place `at` of a list belongs to channel `at % channels`. `batch.flat()` is all pictures one after the other, and the rule still holds there.",
    "For each channel: the mean $m$, the deviation $d = \\sqrt{\\text{mean of } (x - m)^2}$. Then $(x - m)/d = \\frac1d x - \\frac md$, so that $s = 1/d$ and $b = -m/d$.",
    "The Jacobian is diagonal, and $s_c$ stands on its diagonal once for each place. A list of `x.length` numbers has `x.length / s.length` places.",
  ],
  reference: {
    firstScales: (batch, channels) => scalesOf([batch, channels]),
    normalizeChannels: (x, s, b) => ({ z: normalizeOf([x, s, b]), logDet: logDetOf([x, s, b]) }),
    generateChannels: (z, s, b) => generateOf([z, s, b]),
  },
  misconceptions,
  mutants,
});

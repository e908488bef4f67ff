import { exercise, prose } from "../../exercise.ts";
import { checks } from "./split.checks.ts";
import { mergeDomain, mergeOf, STEPS, signatures, splitDomain, splitOf, task } from "./split.domain.ts";
import { misconceptions, mutants } from "./split.misconceptions.ts";

export const splitting = exercise({
  id: "08.split",
  path: "08-multiscale/split",
  title: "What leaves, and its density",
  source:
    "Section 16.4 of Prince, Understanding Deep Learning; Kingma and Dhariwal, Glow, arXiv:1807.03039v2",
  statement: prose`
A squeezed image is one list $h$, place by place, with an even number of \`channels\` at each. Of every place the first half of the channels stays and goes on to the next level; the second half leaves.

- \`splitChannels(h, channels)\` returns \`{ stays, leaves, logDensity }\`: two lists, each in the order of $h$, and the log-density, in nats, of all numbers that leave. They are latents now, and independent standard normal ones.
- \`mergeChannels(stays, leaves, channels)\` puts both lists together again.

In Glow the base of what leaves is not always standard normal: a network looks at what *stays*, and says the mean and the deviation. **Show** that this is nothing new. Let a be a number that stays, b one that leaves, with mean m(a) and deviation $e^{s(a)}$.
\`priorSteps()\` is a list of lines, each equal to the one before. The first is the logarithm of the normal density of b, and the last a coupling on a standard normal base, whose density is p:

- \`"${task.first}"\`
- \`"${task.last}"\`

One line in between has to be without p. You may use log, exp, sqrt, abs, pi, the functions m, s and p, and plain arithmetic. Eleven digits are to be right in the numbers; float32 tensors will do.`,
  signatures,
  domains: { splitChannels: splitDomain, mergeChannels: mergeDomain },
  checks,
  hints: [
    "The place of a number in its group of channels is `at % channels`. It stays if that is below `channels / 2`.",
    "The log-density of one number $v$ under a standard normal is $-\\tfrac12 v^2 - \\tfrac12 \\log 2\\pi$. Add those of all numbers that leave, and of no others.",
    'In the derivation take the deviation out of the logarithm first: `"log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) - log(exp(s(a)))"`. What is left in the first logarithm is p at $(b - m)/e^{s}$.',
  ],
  reference: {
    splitChannels: (h, channels) => splitOf([[...h], channels]),
    mergeChannels: (stays, leaves, channels) => mergeOf([[...stays], [...leaves], channels]),
    priorSteps: () => [...STEPS],
  },
  misconceptions,
  mutants,
});

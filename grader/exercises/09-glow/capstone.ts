import { exercise, prose } from "../../exercise.ts";
import { flowQuestions, readSavedFlow } from "../../harness/saved-flow/read.ts";
import { checks, HALF_WAY, TARGET } from "./capstone.checks.ts";
import { spoilt } from "./capstone.spoilt.ts";

export const capstone = exercise({
  id: "09.capstone",
  path: "09-glow/capstone",
  title: "A Glow of your own, handed in",
  source: "Section 16.5.2 of Prince, Understanding Deep Learning; Kingma and Dhariwal, arXiv:1807.03039v2",
  statement: prose`
Build a small Glow, train it, and hand it in: the answer to this exercise is not code, but a **file** with the flow that you have trained.

Write \`trainGlow()\`, without arguments. It makes a flow of grey pictures of 16 × 16 pixels, trains it on as many faces as you like (\`drawnImages("faces", { count: 6000, seed: 1 }).images\`), and ends with \`saveFlow(model, "capstone.safetensors")\`, which puts the file beside this notebook. The cell after yours calls it, once; a training of a minute is enough. It trains again when your code has changed; to have the same code train again, write \`{ again: true }\` as its third argument. What is asked of the file:

- it holds a flow with the base \`standardNormal([16, 16, 1])\`, is not larger than 128 kB (some 30,000 weights), and needs no context;
- 200 faces that were drawn just now, by a seed that nobody knows, take at most ${HALF_WAY} bits per dimension (2 points), and at most ${TARGET} (2 more). Each of the two draws its own faces; what 200 of them take varies by 0.03 from draw to draw.

The bits are counted as in chapter 8. Each pixel $x$ is a whole number from 0 to 255 and gets noise, $y = (x + u)/256$ in $[0, 1)$ with $u$ uniform on $[0, 1)$: what \`dequantize\` gives. Then $-\log_2 \Pr(y)/256 + 8$ is the score. Every layer between $y$ and $z$ belongs to the flow and is counted: a logit, a shift, a scale. A code that knows nothing takes 8 bits, and a normal density for each pixel alone 6.7.

**Your own parts.** The file names the layers by what the library calls them, so that nobody has to run your code to score it. Build the step yourself, with \`chain\` of \`actNorm\`, \`invertible1x1Convolution\` and a \`coupling\` of two halves (\`channelMask\`, \`affineTransformer\`, a \`convNet\`), and the levels with \`multiscale\`; \`glow\` and \`glowStep\` are such chains. The chapter's first cell does not import all of that. Put what is missing into your cell, above the function (in an editor, into the file, with all else that you use):

\`\`\`ts
import { actNorm, affineTransformer, channelMask, convNet, coupling, invertible1x1Convolution, saveFlow } from "flowlab";
\`\`\`

\`chain\`, \`fit\`, \`flow\`, \`glow\`, \`logitTransform\`, \`multiscale\`, \`standardNormal\` (from \`flowlab\`), \`dequantize\`, \`drawnImages\` (from \`flowlab/data\`) and \`trainingDisplay\` (from \`flowlab/notebook\`) are imported at the top; the library's \`glowStep\` is there as \`libraryStep\`.

A bijection made with \`bijection\` has no name in the library, and \`saveFlow\` says so: put together what it does from layers that have one.`,
  signatures: flowQuestions,
  file: {
    name: "capstone.safetensors",
    mostBytes: 128 * 1024,
    read: readSavedFlow,
    makers: { trainGlow: "() => Promise<void>" },
    spoilt,
  },
  checks,
  hints: [
    "Begin with the smallest flow that can be saved: the base `standardNormal([16, 16, 1])`, and the library's `glow` for pictures of that size with 2 steps and 16 hidden channels. Train it for 100 steps, save it and let it be scored. Then make it yours, and better, part by part.",
    "Noise anew at each step: the option `perturb` of `fit` is a function of a batch and a stream of random numbers; let it return what `dequantize` makes of both. A learning rate of 0.005 with a warm-up of 50 steps and batches of 64 faces will do. At the end of the chain, next to the pixels, `logitTransform` with $\\alpha = 0.02$ takes $[0, 1)$ to the whole line.",
    'A step for pictures of $C$ channels is a chain of three layers, first the one that is next to the base: a `coupling` with `channelMask(C, "second")`, `affineTransformer()` and a `convNet` of $C/2$ inputs, $C$ outputs and hidden layers of 24 and 24; then `invertible1x1Convolution`; then `actNorm`. The levels have 4 and 8 channels: `multiscale` of a list of two chains, each of three steps. With 1200 steps of training that takes 3.7 bits.',
  ],
  misconceptions: [],
  // In each check a flow is asked about 713 pictures.
  limits: { seconds: 30, memoryMB: 768 },
  trials: {
    right: 12,
    because:
      "each run asks the flow about 2,139 pictures; its bits vary by 0.03 from seed to seed, and are 0.35 below what is asked",
  },
});

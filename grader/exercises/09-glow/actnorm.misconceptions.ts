import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  apply,
  type Batch,
  channelOf,
  deviationOf,
  generateOf,
  type Layer,
  logDetOf,
  meanOf,
  normalizeOf,
  type Scales,
  scalesOf,
  type signatures,
  sumOfLogs,
} from "./actnorm.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const scaling =
  (of: (...asked: Batch) => Scales): Program["firstScales"] =>
  (batch, channels) =>
    of([...batch.map((picture) => [...picture])], channels);

const deviating = (deviation: (list: readonly number[]) => number): Program["firstScales"] =>
  scaling((...asked) => scalesOf(asked, undefined, deviation));

const normalizing =
  (change: (...asked: Layer) => Partial<{ z: number[]; logDet: number }>): Program["normalizeChannels"] =>
  (x, s, b) => ({
    z: normalizeOf([x, s, b]),
    logDet: logDetOf([x, s, b]),
    ...change([...x], [...s], [...b]),
  });

const logDet = (of: (...asked: Layer) => number): Program["normalizeChannels"] =>
  normalizing((...asked) => ({ logDet: of(...asked) }));

const each =
  (map: (v: number, s: number, b: number) => number) =>
  (list: number[], s: number[], b: number[]): number[] =>
    apply(list, [s, b], map);

/** Mean and deviation of each number of a picture over the batch. */
const placeByPlace = scaling((batch) => scalesOf([batch, batch[0].length]));

export const misconceptions: readonly Wrong[] = [
  {
    id: "place-by-place",
    explanation:
      "You take a mean and a deviation for each *number* of the picture, over the batch alone. ActNorm has one scale and one shift for each channel: it takes all places together, as a convolution does. (A batch of one picture would have no deviation otherwise.)",
    implementation: { firstScales: placeByPlace },
  },
  {
    id: "all-channels-together",
    explanation:
      "All of your channels share one mean and one deviation. Each channel has its own: one may be bright and flat, another dark and lively.",
    implementation: {
      firstScales: scaling((...asked) => scalesOf(asked, (batch) => batch.flat() as number[])),
    },
  },
  {
    id: "first-picture-only",
    explanation:
      "Your scales are those of the first picture. All pictures of the batch are to have mean 0 and deviation 1 together.",
    implementation: {
      firstScales: scaling((...asked) =>
        scalesOf(asked, (batch, channels, c) => channelOf(batch[0], channels, c)),
      ),
    },
  },
  {
    id: "deviation-with-n-minus-1",
    explanation:
      "You divide the sum of squares by $n - 1$. That estimates the deviation of those from whom the numbers were drawn. Here these very numbers are to have the deviation 1 afterwards: divide by $n$.",
    implementation: {
      firstScales: deviating((list) => deviationOf(list) * Math.sqrt(list.length / (list.length - 1))),
    },
  },
  {
    id: "variance-for-deviation",
    explanation:
      "You divide by the *variance*. A number in units of its deviation is $(x - \\text{mean})/\\sqrt{\\text{variance}}$.",
    implementation: { firstScales: deviating((list) => deviationOf(list) ** 2) },
  },
  {
    id: "root-of-the-mean-square",
    explanation:
      "Your deviation is $\\sqrt{\\text{mean of } x^2}$: the mean was not taken away before squaring. It is the distances from the mean that are squared.",
    implementation: {
      firstScales: deviating((list) => Math.sqrt(meanOf(list.map((v) => v * v)))),
    },
  },
  {
    id: "a-small-number-added",
    explanation:
      "You add a small number to the variance, as programs for batch normalization do against dividing by 0. Then the deviation after the layer is not 1. No channel is constant here.",
    implementation: { firstScales: deviating((list) => Math.sqrt(deviationOf(list) ** 2 + 1e-5)) },
    variants: [
      { firstScales: deviating((list) => deviationOf(list) + 1e-5) },
      { firstScales: deviating((list) => Math.sqrt(deviationOf(list) ** 2 + 1e-6)) },
      { firstScales: deviating((list) => deviationOf(list) + 1e-6) },
      { firstScales: deviating((list) => Math.sqrt(deviationOf(list) ** 2 + 1e-8)) },
    ],
  },
  {
    id: "scales-of-the-other-direction",
    explanation:
      "Your scale is the deviation and your shift the mean. Those lead from $z$ to $x$. On the way to $z$ the mean goes away and the deviation is *divided* by: $s = 1/\\text{deviation}$, $b = -\\text{mean}/\\text{deviation}$.",
    implementation: {
      firstScales: scaling((...asked) => {
        const { s, b } = scalesOf(asked);
        return { s: s.map((v) => 1 / v), b: b.map((v, c) => -v / s[c]) };
      }),
    },
  },
  {
    id: "mean-for-shift",
    explanation:
      "Your shift is the mean, to be taken away before the scale. Here it is $s\\,x + b$: scaled first, then shifted. So $b = -\\text{mean}/\\text{deviation}$, and back it is $(z - b)/s$.",
    implementation: {
      firstScales: scaling((...asked) => {
        const { s, b } = scalesOf(asked);
        return { s, b: b.map((v, c) => -v / s[c]) };
      }),
      normalizeChannels: normalizing((...asked) => ({ z: each((v, s, b) => s * (v - b))(...asked) })),
      generateChannels: each((v, s, b) => v / s + b),
    },
    variants: [
      {
        firstScales: scaling((...asked) => {
          const { s, b } = scalesOf(asked);
          return { s, b: b.map((v, c) => -v / s[c]) };
        }),
      },
      { normalizeChannels: normalizing((...asked) => ({ z: each((v, s, b) => s * (v - b))(...asked) })) },
      { generateChannels: each((v, s, b) => v / s + b) },
    ],
  },
  {
    id: "logarithm-for-scale",
    explanation:
      "You take $s$ for the logarithm of the scale, as many programs keep it. Here $s$ is the scale itself, of either sign: $z = s\\,x + b$, and the log-determinant has $\\log|s|$.",
    implementation: {
      firstScales: scaling((...asked) => {
        const { s, b } = scalesOf(asked);
        return { s: s.map(Math.log), b };
      }),
      normalizeChannels: normalizing((...asked) => ({
        z: each((v, s, b) => Math.exp(s) * v + b)(...asked),
        logDet: (asked[0].length / asked[1].length) * asked[1].reduce((sum, v) => sum + v, 0),
      })),
      generateChannels: each((v, s, b) => (v - b) / Math.exp(s)),
    },
    variants: [
      {
        firstScales: scaling((...asked) => {
          const { s, b } = scalesOf(asked);
          return { s: s.map(Math.log), b };
        }),
      },
      {
        normalizeChannels: normalizing((...asked) => ({
          z: each((v, s, b) => Math.exp(s) * v + b)(...asked),
          logDet: (asked[0].length / asked[1].length) * asked[1].reduce((sum, v) => sum + v, 0),
        })),
      },
      {
        normalizeChannels: logDet((x, s) => (x.length / s.length) * s.reduce((sum, v) => sum + v, 0)),
      },
      { generateChannels: each((v, s, b) => (v - b) / Math.exp(s)) },
    ],
  },
  {
    id: "shift-not-scaled",
    explanation:
      "Your shift is $-\\text{mean}$. In $s\\,x + b$ the number is scaled first, so the mean arrives as $s \\cdot \\text{mean}$, and $b = -s \\cdot \\text{mean}$ takes it away.",
    implementation: {
      firstScales: scaling((...asked) => {
        const { s, b } = scalesOf(asked);
        return { s, b: b.map((v, c) => v / s[c]) };
      }),
    },
  },
  {
    id: "log-determinant-of-one-place",
    explanation:
      "Your log-determinant counts each scale once. It is applied at every place of the picture: $h \\cdot w \\cdot \\sum_c \\log|s_c|$.",
    implementation: { normalizeChannels: logDet((_x, s) => sumOfLogs(s)) },
  },
  {
    id: "log-determinant-counts-channels-twice",
    explanation:
      "You multiply by the length of the list, which is places times channels. The sum over the channels is already there: multiply by the number of *places*.",
    implementation: { normalizeChannels: logDet((x, s) => x.length * sumOfLogs(s)) },
  },
  {
    id: "logarithm-of-a-negative-scale",
    explanation:
      "Your log-determinant is not a number where a scale is negative. The volume grows by $|s|$: as lists of such layers print $\\log s$, the bars are easily lost.",
    implementation: {
      normalizeChannels: logDet((x, s) => (x.length / s.length) * s.reduce((sum, v) => sum + Math.log(v), 0)),
    },
  },
  {
    id: "log-determinant-of-the-other-direction",
    explanation:
      "Your log-determinant has the other sign: it is that from $z$ to $x$. From $x$ to $z$ each channel is multiplied by $s$.",
    implementation: { normalizeChannels: logDet((...asked) => -logDetOf(asked)) },
  },
  {
    id: "determinant-without-logarithm",
    explanation: "That is the determinant itself. Asked for is its logarithm, a sum, in nats.",
    implementation: { normalizeChannels: logDet((...asked) => Math.exp(logDetOf(asked))) },
  },
  {
    id: "normalized-by-itself",
    explanation:
      "You normalize the picture by its *own* mean and deviation, whatever $s$ and $b$ are. Batch normalization does so with each batch. Here the first batch decides, and from then on $s$ and $b$ are parameters like any other.",
    implementation: {
      normalizeChannels: normalizing((x, s) => {
        const { s: own, b } = scalesOf([[x], s.length]);
        return { z: normalizeOf([x, own, b]) };
      }),
    },
  },
  {
    id: "shifted-before-scaled",
    explanation:
      "You add $b$ before you scale. Asked for is $s\\,x + b$: scaled first, then shifted; and back $(z - b)/s$.",
    implementation: {
      normalizeChannels: normalizing((...asked) => ({ z: each((v, s, b) => s * (v + b))(...asked) })),
      generateChannels: each((v, s, b) => v / s - b),
    },
    variants: [
      { normalizeChannels: normalizing((...asked) => ({ z: each((v, s, b) => s * (v + b))(...asked) })) },
      { generateChannels: each((v, s, b) => v / s - b) },
    ],
  },
  {
    id: "directions-exchanged",
    explanation:
      "You have exchanged the directions. From $x$ to $z$ it is $s\\,x + b$, from $z$ to $x$ it is $(z - b)/s$.",
    implementation: {
      normalizeChannels: normalizing((...asked) => ({ z: generateOf(asked) })),
      generateChannels: (...asked) => normalizeOf(asked),
    },
    variants: [
      { normalizeChannels: normalizing((...asked) => ({ z: generateOf(asked) })) },
      { generateChannels: (...asked) => normalizeOf(asked) },
    ],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "nothing-scaled", implementation: { generateChannels: (z) => [...z] } },
  {
    id: "two-channels-only",
    implementation: {
      generateChannels: (z, s, b) => z.map((v, at) => (v - b[at % 2]) / s[at % 2]),
    },
  },
  {
    id: "channel-after-channel",
    implementation: {
      firstScales: scaling((...asked) =>
        scalesOf(asked, (batch, channels, c) => {
          const all = batch.flat();
          const share = all.length / channels;
          return all.slice(c * share, (c + 1) * share);
        }),
      ),
    },
  },
  {
    id: "mean-log-determinant",
    implementation: { normalizeChannels: logDet((_x, s) => sumOfLogs(s) / s.length) },
  },
];

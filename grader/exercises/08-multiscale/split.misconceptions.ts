import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  type Asked,
  logNormal,
  mergeOf,
  type Parts,
  type Split,
  STEPS,
  type signatures,
  splitOf,
  task,
} from "./split.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const splitting =
  (change: (right: Split, asked: Asked) => Partial<Split>): Program["splitChannels"] =>
  (h, channels) => {
    const right = splitOf([[...h], channels]);
    return { ...right, ...change(right, [[...h], channels]) };
  };

const merging =
  (of: (...parts: Parts) => number[]): Program["mergeChannels"] =>
  (stays, leaves, channels) =>
    of([...stays], [...leaves], channels);

const rule =
  (stays: Parameters<typeof splitOf>[1]): Program["splitChannels"] =>
  (h, channels) =>
    splitOf([[...h], channels], stays);

/** A line without what stands in its brackets: `log(p(b)) + s(a)` is `log+s`. */
function outermost(line: string): string {
  const without = line.replaceAll(/\([^()]*\)/g, "");
  return without === line ? line : outermost(without);
}

function slip(id: string, explanation: string, lines: string[], is: (line: string) => boolean): Wrong {
  return {
    id,
    explanation,
    implementation: { priorSteps: () => lines },
    shows: (answers) =>
      answers.some(
        ({ got }) =>
          Array.isArray(got) &&
          got.slice(1).some((line) => typeof line === "string" && is(line.replaceAll(/\s/g, ""))),
      ),
  };
}

export const misconceptions: readonly Wrong[] = [
  {
    id: "half-of-the-list",
    explanation:
      "You cut the whole list in two. That sends the lower half of the *picture* away, with all of its channels. Half of the channels of *each place* leaves, so that what goes on is still a picture, of all places.",
    implementation: {
      splitChannels: rule((at, _channels, count) => at < count / 2),
      mergeChannels: merging((stays, leaves) => [...stays, ...leaves]),
    },
    variants: [
      { splitChannels: rule((at, _channels, count) => at < count / 2) },
      { mergeChannels: merging((stays, leaves) => [...stays, ...leaves]) },
    ],
  },
  {
    id: "every-other-channel",
    explanation:
      "You send every other channel away. Asked for is the second half of each place: of four channels the third and the fourth.",
    implementation: { splitChannels: rule((at) => at % 2 === 0) },
  },
  {
    id: "first-half-leaves",
    explanation: "You send the first half of the channels away. The *second* half leaves, the first goes on.",
    implementation: {
      splitChannels: rule((at, channels) => at % channels >= channels / 2),
      mergeChannels: merging((stays, leaves, channels) => mergeOf([leaves, stays, channels])),
    },
    variants: [
      { splitChannels: rule((at, channels) => at % channels >= channels / 2) },
      { mergeChannels: merging((stays, leaves, channels) => mergeOf([leaves, stays, channels])) },
    ],
  },
  {
    id: "density-of-everything",
    explanation:
      "Your log-density counts all numbers. What stays is no latent yet: later levels change it, and its density is counted where *it* leaves. Counting it here as well would count it twice.",
    implementation: { splitChannels: splitting((_right, [h]) => ({ logDensity: logNormal(h) })) },
  },
  {
    id: "density-of-what-stays",
    explanation:
      "Your log-density is that of what *stays*. What leaves is a latent now, and its density under the base is what this level contributes.",
    implementation: { splitChannels: splitting(({ stays }) => ({ logDensity: logNormal(stays) })) },
  },
  {
    id: "constant-once",
    explanation:
      "You take $\\tfrac12 \\log 2\\pi$ off once. *Each* number that leaves has a normal density of its own, with its own $-\\tfrac12 \\log 2\\pi$.",
    implementation: {
      splitChannels: splitting(({ leaves }) => ({
        logDensity: -leaves.reduce((sum, v) => sum + (v * v) / 2, 0) - Math.log(2 * Math.PI) / 2,
      })),
    },
  },
  {
    id: "no-constant",
    explanation:
      "Your log-density lacks the constant: $-\\tfrac12 \\log 2\\pi$ for each number that leaves. For training it would not matter, for bits per dimension it does.",
    implementation: {
      splitChannels: splitting(({ leaves }) => ({
        logDensity: -leaves.reduce((sum, v) => sum + (v * v) / 2, 0),
      })),
    },
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density itself, a product of tiny numbers. Its logarithm was asked for, a sum.",
    implementation: {
      splitChannels: splitting(({ logDensity }) => ({ logDensity: Math.exp(logDensity) })),
    },
  },
  {
    id: "negative-log-density",
    explanation: "That is the *negative* log-density, what a loss adds up. Asked for is the log-density.",
    implementation: { splitChannels: splitting(({ logDensity }) => ({ logDensity: -logDensity })) },
  },
  slip(
    "plus-s",
    "A line of yours has $+s$. The normal density is *divided* by its deviation $e^{s}$, so the logarithm of the deviation is taken away: what is spread wider is less dense.",
    [STEPS[0], "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) + s(a)", STEPS[3], task.last],
    (line) => /\+s\b/.test(outermost(line)),
  ),
  slip(
    "multiplied-by-the-deviation",
    "A line of yours multiplies $b - m$ by $e^{+s}$. Standardizing *divides* by the deviation: dividing by $e^{s}$ is multiplying by $e^{-s}$.",
    [STEPS[0], STEPS[1], STEPS[2], "log(p((b - m(a))*exp(s(a)))) - s(a)", task.last],
    (line) => /\(b-m\(a\)\)\*exp\(s\(a\)\)/.test(line),
  ),
  slip(
    "logarithm-of-a-product",
    "A line of yours multiplies two logarithms. The logarithm of a product is the **sum** of the logarithms.",
    [STEPS[0], "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) * (-log(exp(s(a))))", STEPS[3], task.last],
    (line) => /\)\*\(?-?log\(/.test(line),
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "no-steps", implementation: { priorSteps: () => [task.first, task.last] } },
  { id: "backwards", implementation: { priorSteps: () => [...STEPS].reverse() } },
  {
    id: "first-place-only",
    implementation: {
      splitChannels: splitting(({ leaves }, [, channels]) => ({
        logDensity: logNormal(leaves.slice(0, channels / 2)),
      })),
    },
  },
  {
    id: "mean-density",
    implementation: {
      splitChannels: splitting(({ leaves, logDensity }) => ({ logDensity: logDensity / leaves.length })),
    },
  },
];

import { klSteps, needed, reasoning, reverseGradient, reverseLoss } from "./16-11-reverse-kl.ts";

/** The solution where another number of z leads to each x. */
export const solved = ({ times }: { readonly times: number }) => ({
  klSteps,
  reverseLoss,
  reverseGradient,
  needed,
  fold: () => ({ mass: 1 / times, gap: Math.log(times) }),
  reasoning,
});

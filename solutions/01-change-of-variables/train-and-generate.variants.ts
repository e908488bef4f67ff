import { generate, lossSteps, train } from "./train-and-generate.ts";

/** The solution from another b: as from 0, with data and b measured from there. */
export const solved = ({ shift }: { readonly shift: number }) => ({
  lossSteps,
  train(data: number[], rate: number, steps: number): { a: number; b: number } {
    const { a, b } = train(
      data.map((x) => x - shift),
      rate,
      steps,
    );
    return { a, b: b + shift };
  },
  generate,
});

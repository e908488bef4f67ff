import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { type Bins, root, type signatures, topOf } from "./16-9-square-roots.domain.ts";
import { type Drawn, followsOwn, judgeCurve } from "./16-9-square-roots.figures.ts";

const POINTS = 200;
export function checks(of: Bins): readonly Check<typeof signatures>[] {
  const phi = [...of.phi];
  const forwardDrawn: Drawn = {
    what: "f",
    from: 0,
    to: 1,
    curve: (h) => root.image(h, phi),
    least: POINTS,
  };
  const inverseDrawn: Drawn = {
    what: "the inverse",
    from: 0,
    to: topOf(of),
    curve: (x) => root.preimage(x, phi),
    least: POINTS,
  };
  return [
    {
      name: "forward, continuous at the edges",
      points: 2,
      hints: [
        {
          test: async (learner) => ({ got: await learner.squareRoots(0.25, [1]), want: 0.5 }),
          text: "One bin with $\\phi = 1$ makes the square root itself: 0.25 goes to 0.5.",
        },
        {
          test: async (learner) => ({
            got: await learner.squareRoots(0.625, [0.5, 0.5]),
            want: Math.sqrt(0.5) + 0.5 * Math.sqrt(0.5),
          }),
          text: "One bin is right. With two equal bins, $h = 0.625$ lies in the second and has come a quarter of it: $\\sqrt{0.5}$ from the first, and $\\sqrt{\\tfrac14 \\cdot 0.5}$ from its own. What do you get?",
        },
        {
          text: "With equal bins you are right. Which $\\phi$ belongs to the bin in which $h$ lies, and does it stand below the root?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, root.forward.regions)) {
          const want = root.image(...inputs);
          expect.close(
            await learner.squareRoots(...inputs),
            want,
            allowedErrors(root.forward, want, ...inputs),
          );
        }
      },
    },
    {
      name: "inverse",
      points: 2,
      hints: [
        {
          test: async (learner) => ({ got: await learner.squareRootsInverse(0.5, [1]), want: 0.25 }),
          text: "One bin with $\\phi = 1$: the inverse of the square root is the square, 0.5 goes back to 0.25.",
        },
        {
          test: async (learner) => ({
            got: await learner.squareRootsInverse(1.5 * Math.sqrt(0.5), [0.5, 0.5]),
            want: 0.625,
          }),
          text: "One bin is right. With two equal bins, $x = 1.5\\sqrt{0.5}$ lies half way up the second, so that it has come $\\tfrac12^2$ of its width: $h = 0.625$. What do you get?",
        },
        {
          when: ["not-finite", "no-return", "threw"],
          text: "For the $x$ shown no bin was found, or one too many. The last bin has to take whatever the others do not, the upper end too.",
        },
        {
          text: "With equal bins you are right. The bins' images are $\\sqrt{\\phi_k}$ long: is that what your search adds up, and what you divide by?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, root.inverse.regions)) {
          const want = root.preimage(...inputs);
          expect.close(
            await learner.squareRootsInverse(...inputs),
            want,
            allowedErrors(root.inverse, want, ...inputs),
          );
        }
      },
    },
    {
      name: "the figure of f",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: Number(
              await followsOwn(await learner.forwardFigure(), forwardDrawn, (h) =>
                learner.squareRoots(h, phi),
              ),
            ),
            want: 0,
          }),
          text: "The figure shows what your `squareRoots` gives, and that is wrong there: mend that function first.",
        },
        {
          text: "A list of 500 places, `map` for their images, and `curveFigure(x, y, xTitle, yTitle)`, which is given, draws them. The message says what is not as asked.",
        },
      ],
      async run({ learner, expect }) {
        judgeCurve(await learner.forwardFigure(), forwardDrawn, expect);
      },
    },
    {
      name: "the figure of the inverse",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: Number(
              await followsOwn(await learner.inverseFigure(), inverseDrawn, (x) =>
                learner.squareRootsInverse(x, phi),
              ),
            ),
            want: 0,
          }),
          text: "The figure shows what your `squareRootsInverse` gives, and that is wrong there: mend that function first.",
        },
        {
          text: "The message says what is not as asked. The horizontal axis is now that of $h'$, and it does not end at 1: where does $f$ arrive at $h = 1$?",
        },
      ],
      async run({ learner, expect }) {
        judgeCurve(await learner.inverseFigure(), inverseDrawn, expect);
      },
    },
  ];
}

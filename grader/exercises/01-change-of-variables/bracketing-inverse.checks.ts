import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import type { MapRef } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import {
  domain,
  farAway,
  flatOrSteep,
  inverse,
  nearly,
  nearTheOrigin,
  type signatures,
} from "./bracketing-inverse.domain.ts";

const bump = mapRef("tanh-bump", 1);

const ENDS =
  "For the call shown your code did not come to an end. Print what its loops change, and follow the first rounds: which condition is to end the loop, and does each round bring it nearer?";

/** Nothing is difficult there. */
const nearby = async (learner: { invert(forward: MapRef, x: number): Promise<number> }) => {
  const z = await learner.invert(bump, buildMap(bump)(-2.5));
  // Nearly there is another fault, and has hints of its own.
  return { got: Math.abs(z + 2.5) < 1e-3 ? -2.5 : z, want: -2.5 };
};

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "finds z close to the origin",
    points: 1,
    hints: [
      {
        test: nearby,
        text: "After each halving one of the two ends moves. Which one, if `forward(middle)` is below $x$?",
      },
      {
        where: nearly,
        text: "Your answer is close, but not to $10^{-9}$. When does your loop stop, and how far from the answer may the end of it still be?",
      },
      { when: "time", text: ENDS },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, nearTheOrigin)) {
        const z = inverse(inputs);
        expect.close(await learner.invert(...inputs), z, allowedErrors(domain, z, ...inputs));
      }
    },
  },
  {
    name: "finds z far away",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite", "time"],
        test: nearby,
        text: "Your code does not find $z$ close to the origin, either: begin with the check above.",
      },
      {
        where: nearly,
        text: "Your answer is close, but its error is above $10^{-9}\\,|z|$. Does your loop end before that is reached?",
      },
      {
        text: "How far out $z$ lies nobody says beforehand. For the call shown: between which ends does your code look, or how far do its steps lead, and does $x$ lie between the images of these ends?",
      },
      {
        when: "time",
        text: ENDS,
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, farAway)) {
        const z = inverse(inputs);
        expect.close(await learner.invert(...inputs), z, allowedErrors(domain, z, ...inputs));
      }
    },
  },
  {
    name: "is exact where f is flat or steep",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite", "time"],
        test: nearby,
        text: "Your code does not find $z$ close to the origin, either: begin with the check above.",
      },
      {
        where: nearly,
        text: "Where $f$ is nearly flat, a tiny $|f(z) - x|$ says little about the error in $z$. Stop by the width of the bracket.",
      },
      {
        text: "This $f$ is much flatter in one place than in another. Halving a bracket needs as many rounds here as anywhere; a step along a slope or a chord can be far too long or far too short. Follow yours for the call shown: how far from $z$ is it after each round?",
      },
      {
        when: "time",
        text: ENDS,
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, flatOrSteep)) {
        const z = inverse(inputs);
        expect.close(await learner.invert(...inputs), z, allowedErrors(domain, z, ...inputs));
      }
    },
  },
];

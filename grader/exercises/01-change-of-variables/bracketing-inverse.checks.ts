import { allowedErrors } from "../../domain.ts";
import type { Check } from "../../exercise.ts";
import type { MapRef } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { strata } from "../../strata.ts";
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

/** Nothing is difficult there. */
const nearby = async (learner: { invert(forward: MapRef, x: number): Promise<number> }) => ({
  got: await learner.invert(bump, buildMap(bump)(-2.5)),
  want: -2.5,
});

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
      {
        when: "time",
        text: "Which condition ends your loop, and is it ever met? Between two neighbouring floating-point numbers there is no middle left.",
      },
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
        text: "A bracket that starts small can grow: double it until $x$ lies between the images of its ends.",
      },
      {
        when: "time",
        text: "The $z$ asked for is far out. Two things can take for ever there: a bracket that grows by the same amount each time (one that doubles needs 30 steps for a thousand million), and a loop that waits for a width or a difference that is never met, because far out two neighbouring floating-point numbers are wider apart.",
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
        text: "This $f$ is much flatter in one place than in another, and a step that follows its slope can land anywhere. Keep a bracket whose ends lie on both sides of $x$, whatever the slope.",
      },
      {
        when: "time",
        text: "Where $f$ is steep, $|f(z) - x|$ may never become small: no floating-point number has exactly this image. Which condition ends your loop?",
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

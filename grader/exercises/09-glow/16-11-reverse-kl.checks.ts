import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { mapRef } from "../../harness/maps.ts";
import { listWords } from "../../listing.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  gradientDomain,
  gradientTruth,
  lossDomain,
  lossTruth,
  type signatures,
} from "./16-11-reverse-kl.domain.ts";
import { descents, losses, oneBell, standardZ } from "./16-11-reverse-kl.draws.ts";
import { type Fold, foldCheck } from "./16-11-reverse-kl.fold.ts";
import { LEAST_LINES, task } from "./16-11-reverse-kl.task.ts";

const flat = ({ a, b }: { readonly a: number; readonly b: number }): number[] => [a, b];

/** q = exp(−x²/2), so that ∂ log q/∂x = −x; q = exp((1 − x²)/2), which is 1 at 1, and twice that. */
const SIMPLE = oneBell(1, 0, 1);
const RAISED = oneBell(Math.exp(0.5), 0, 1);
const DOUBLED = oneBell(2 * Math.exp(0.5), 0, 1);

export const checks = (of: Fold): readonly Check<typeof signatures>[] => [
  derivationCheck<typeof signatures>({
    of: "klSteps",
    name: "from the divergence to the loss: every line equals the one before",
    points: 3,
    hint: "Do one thing in each line: the student's density m by equation 16.1, as p(z)/abs(df(z)); q as u(f(z))/K; the logarithm of a quotient; and what is no random variable taken out of E.",
    task,
    leastLines: LEAST_LINES,
  }),
  {
    name: "the loss of draws, the student's own density included",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.reverseLoss(
            [0],
            mapRef("affine", 1, 0),
            mapRef("affine-derivative", 1),
            SIMPLE.q,
          ),
          want: -Math.log(2 * Math.PI) / 2,
        }),
        text: "One draw, $z = 0$, with the map that does nothing and $q(x) = e^{-x^2/2}$: $\\log Pr(0) = -\\tfrac12\\log 2\\pi$, $\\log|f'| = 0$ and $\\log q(0) = 0$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.reverseLoss(
            [0],
            mapRef("affine", -2, 0),
            mapRef("affine-derivative", -2),
            SIMPLE.q,
          ),
          want: -Math.log(2 * Math.PI) / 2 - Math.LN2,
        }),
        text: "With the map that does nothing you are right. Take $f(z) = -2z$ and again $z = 0$: the student's density there is *half* as high, so that the loss is smaller by $\\log 2$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.reverseLoss(
            [1],
            mapRef("affine", 1, 2),
            mapRef("affine-derivative", 1),
            SIMPLE.q,
          ),
          want: -0.5 - Math.log(2 * Math.PI) / 2 + 4.5,
        }),
        text: "At $z = 0$ you are right. Take $z = 1$ and $f(z) = z + 2$: the base is asked at 1, and $q$ at 3, where $\\log q = -4.5$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        text: "One draw is right at test points. The expectation is the **average** over all draws. What is different in the call shown: their number, the map, or $q$?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, losses)) {
        const want = lossTruth(inputs);
        expect.close(await learner.reverseLoss(...inputs), want, allowedErrors(lossDomain, want, ...inputs));
      }
    },
  },
  {
    name: "its gradient in a and b",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: flat(await learner.reverseGradient([1], 0, 0, RAISED.q, RAISED.qSlope)),
          want: [0, 1],
        }),
        text: "One draw, $z = 1$, with $a = b = 0$ and $q(x) = e^{(1 - x^2)/2}$: there $x = 1$ and $\\partial \\log q/\\partial x = -1$, so that $\\partial L/\\partial a = -1 + 1 = 0$ and $\\partial L/\\partial b = 1$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: flat(await learner.reverseGradient([1], 0, 0, DOUBLED.q, DOUBLED.qSlope)),
          want: [0, 1],
        }),
        text: "With $q(x) = e^{(1 - x^2)/2}$ you are right. Take twice this $q$, and twice its slope: the slope of the *logarithm* is the same, $q'/q$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: flat(await learner.reverseGradient([1], Math.LN2, 1, SIMPLE.q, SIMPLE.qSlope)),
          want: [5, 3],
        }),
        text: "With $a = b = 0$ you are right. Take $a = \\log 2$, $b = 1$ and $q(x) = e^{-x^2/2}$: then $x = 2 \\cdot 1 + 1 = 3$, $\\partial\\log q/\\partial x = -3$ and $\\partial x/\\partial a = e^a z = 2$. What do you get?",
      },
      {
        when: ["value", "not-finite"],
        text: "One draw is right at test points. The loss is an **average** over the draws. What is different in the call shown?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, descents)) {
        const want = gradientTruth(inputs);
        expect.close(
          flat(await learner.reverseGradient(...inputs)),
          want,
          allowedErrors(gradientDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "a factor of q changes no gradient, and the loss by its logarithm",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: "Compare by hand what your code does with $q$ and with $1000\\,q$: $\\log(Kq) = \\log K + \\log q$, and $(Kq)'/(Kq) = q'/q$.",
      },
    ],
    async run({ learner, random, expect }) {
      const peaks = [random.uniform(-2, -0.5), random.uniform(0.6, 1.2)] as const;
      const z = standardZ(random);
      const [a, b] = [random.uniform(-0.6, 0.6), random.uniform(-1, 1)];
      const plain = oneBell(1, ...peaks);
      const own = await learner.reverseGradient(z, a, b, plain.q, plain.qSlope);
      const line = [mapRef("affine", Math.exp(a), b), mapRef("affine-derivative", Math.exp(a))] as const;
      const loss = await learner.reverseLoss(z, ...line, plain.q);
      const [ofGradient, ofLoss] = [
        gradientTruth([z, a, b, plain.q, plain.qSlope]),
        lossTruth([z, ...line, plain.q]),
      ];
      expect.that([own.a, own.b, loss].every(Number.isFinite), "gradient and loss are to be finite", {
        got: [own.a, own.b, loss],
      });
      for (const factor of [1000, Math.exp(random.uniform(-20, 20))]) {
        const other = oneBell(factor, ...peaks);
        expect.close(flat(await learner.reverseGradient(z, a, b, other.q, other.qSlope)), flat(own), {
          absolute: 1e-9 * (3 + Math.abs(ofGradient[0]) + Math.abs(ofGradient[1])),
          relative: 0,
          beside: "with q itself your gradient is",
          message: "with a factor before q your gradient is another one",
        });
        const found = await learner.reverseLoss(z, ...line, other.q);
        expect.close(found, loss - Math.log(factor), {
          absolute: 1e-9 * (5 + Math.abs(ofLoss) + Math.abs(Math.log(factor))),
          relative: 0,
          beside: `your loss with q itself, less log ${valueText(factor)}, is`,
          message: "with a factor before q your loss does not change by its logarithm",
        });
      }
    },
  },
  {
    name: "steps down it end at the target, as wide as it is",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        text: "At the target both gradients are 0: there the average of $-\\frac{q'}{q}\\,e^a z$ is 1, the 1 that comes from $-\\log|f'| = -a$. Which of yours is not 0?",
      },
    ],
    async run({ learner, random, expect }) {
      const z = standardZ(random);
      const [middle, deviation] = [random.uniform(-1.5, 1.5), random.uniform(0.5, 1)];
      const { q, qSlope } = oneBell(Math.exp(random.uniform(-3, 3)), middle, deviation);
      let [a, b] = [0, 0];
      // Near the target the error in a shrinks by 1 − 2·0.1 a step, that in b by 1 − 0.1/deviation², at worst 0.9.
      for (let step = 0; step < 250; step++) {
        const slope = await learner.reverseGradient(z, a, b, q, qSlope);
        [a, b] = [a - 0.1 * slope.a, b - 0.1 * slope.b];
        // What runs away has said enough, and q would be 0 there.
        if (!(Math.abs(a) < 5 && Math.abs(b) < 10)) break;
      }
      expect.close([Math.exp(a), b], [deviation, middle], {
        absolute: 1e-4,
        relative: 0,
        input: `250 steps of rate 0.1 from a = b = 0, on q of width ${deviation.toFixed(3)} around ${middle.toFixed(3)}`,
        message: "scale and shift do not end at the target's width and place",
      });
    },
  },
  {
    name: "what the loss needs of f, and of q",
    points: 2,
    hints: [
      {
        when: "value",
        test: async (learner) => ({ got: Number((await learner.needed()).inverse), want: 0 }),
        text: "`inverse`: go through your `reverseLoss`. It has every $x_i$ from a $z_i$ that it knows. Where would $f^{-1}$ be asked?",
      },
      {
        when: "value",
        test: async (learner) => ({ got: Number((await learner.needed()).integral), want: 0 }),
        text: "`integral`: the last line of your derivation has a term with $K$. Is a parameter of $f$ in it?",
      },
      {
        when: "value",
        text: "`oneToOne`: if two $z$ lead to one $x$, how many terms has the student's density there, and how many has equation 16.1?",
      },
    ],
    async run({ learner, expect }) {
      const got = await learner.needed();
      const { inverse, oneToOne, integral } = got;
      const wrong = Object.entries({ inverse, oneToOne: !oneToOne, integral }).flatMap(([name, isWrong]) =>
        isWrong ? [name] : [],
      );
      expect.that(wrong.length === 0, `${listWords(wrong)} ${wrong.length > 1 ? "are" : "is"} not so`, {
        got,
      });
    },
  },
  foldCheck(of),
];

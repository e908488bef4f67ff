/** The gradient of one number's loss, a + z²/2 with z = (x − b)e⁻ᵃ, line by line. */

import { derivation, fn } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";

export const signatures = { slopeOfA: fn([], derivation), slopeOfB: fn([], derivation) };

const common = {
  variables: {
    x: (random) => random.uniform(-2, 2),
    a: (random) => random.uniform(-1, 1),
    b: (random) => random.uniform(-2, 2),
  },
  derivatives: { da: "a", db: "b" },
} satisfies Partial<DerivationTask>;

export const slopeOfA: DerivationTask = {
  ...common,
  first: "da(a + ((x - b)*exp(-a))^2/2)",
  last: "1 - ((x - b)*exp(-a))^2",
  slips: [
    {
      line: "1 + ((x - b)*exp(-a))^2",
      says: "Look at the sign: a larger a makes z = (x - b)*exp(-a) smaller, so da of it is -(x - b)*exp(-a).",
    },
    {
      line: "1 - ((x - b)*exp(-a))^2/2",
      says: "The half is still there: the derivative of a square brings a factor 2, which cancels it.",
    },
    {
      line: "1 - 2*((x - b)*exp(-a))^2",
      says: "A factor 2 is too many: it comes from the square, and the half in front cancels it.",
    },
    {
      line: "-((x - b)*exp(-a))^2",
      says: "The first term is gone: da(a) is 1, the price of stretching.",
    },
    { line: "a - ((x - b)*exp(-a))^2", says: "The first term is a still: da(a) is 1." },
    {
      line: "1 + (x - b)*exp(-a)",
      says: "The chain rule has two factors: z from the square, and da of z from inside. One of them is gone.",
    },
    {
      line: "1 - (x - b)*exp(-a)",
      says: "The chain rule has two factors: z from the square, and da of z from inside. One of them is gone.",
    },
    {
      line: "1 - ((x - b)*exp(-a))^2*exp(-a)",
      says: "A factor exp(-a) is too many: da(exp(-a)) is -exp(-a), and (x - b) times that is -z.",
    },
  ],
};

export const slopeOfB: DerivationTask = {
  ...common,
  first: "db(a + ((x - b)*exp(-a))^2/2)",
  last: "-exp(-a)*((x - b)*exp(-a))",
  slips: [
    {
      line: "exp(-a)*((x - b)*exp(-a))",
      says: "Look at the sign: a larger b makes z = (x - b)*exp(-a) smaller, so db of it is -exp(-a).",
    },
    {
      line: "-(x - b)*exp(-a)",
      says: "The inner derivative is -exp(-a), not -1: the bracket is stretched as well.",
    },
    {
      line: "(x - b)*exp(-a)",
      says: "That is the derivative of the square alone. By the chain rule db of (x - b)*exp(-a) is a factor of it.",
    },
    {
      line: "1 - exp(-a)*((x - b)*exp(-a))",
      says: "db(a) is 0, not 1: a does not change with b.",
    },
    {
      line: "-exp(-a)*((x - b)*exp(-a))/2",
      says: "The half is still there: the derivative of a square brings a factor 2, which cancels it.",
    },
    {
      line: "-exp(a)*((x - b)*exp(-a))",
      says: "The inner derivative is upside down: db of (x - b)*exp(-a) is -exp(-a).",
    },
  ],
};

export const STEPS_OF_A: readonly string[] = [
  slopeOfA.first,
  "da(a) + da(((x - b)*exp(-a))^2/2)",
  "1 + (x - b)*exp(-a)*da((x - b)*exp(-a))",
  "1 + (x - b)*exp(-a)*(-(x - b)*exp(-a))",
  slopeOfA.last,
];

export const STEPS_OF_B: readonly string[] = [
  slopeOfB.first,
  "(x - b)*exp(-a)*db((x - b)*exp(-a))",
  "(x - b)*exp(-a)*(-exp(-a))",
  slopeOfB.last,
];

/** Both ends, and two lines between them. */
export const LEAST_LINES = 4;

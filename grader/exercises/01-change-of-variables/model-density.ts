import { exercise, prose } from "../../exercise.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import type { Random } from "../../random.ts";
import { valueText } from "../../transcript.ts";

/** A map with its inverse and derivative, and where its points lie. */
interface Family {
  readonly forward: (z: number) => number;
  readonly inverse: MapRef;
  readonly derivative: MapRef;
}

function affine(slope: number, offset: number): Family {
  return {
    forward: (z) => slope * z + offset,
    inverse: mapRef("affine-inverse", slope, offset),
    derivative: mapRef("affine-derivative", slope),
  };
}

function sinh(scale: number): Family {
  return {
    forward: (z) => scale * Math.sinh(z),
    inverse: mapRef("sinh-inverse", scale),
    derivative: mapRef("sinh-derivative", scale),
  };
}

function exponential(a: number, b: number): Family {
  return {
    forward: (z) => Math.exp(a * z + b),
    inverse: mapRef("exponential-inverse", a, b),
    derivative: mapRef("exponential-derivative", a, b),
  };
}

/** The density at the image of z, from the forward side: no inverse is needed, so the formula is not simply repeated. */
function truth({ forward, derivative }: Family, base: MapRef, z: number): { x: number; density: number } {
  return { x: forward(z), density: buildMap(base)(z) / Math.abs(buildMap(derivative)(z)) };
}

const normal = mapRef("normal-density");
const logistic = (random: Random): MapRef =>
  mapRef("logistic-density", random.uniform(-0.5, 0.5), random.uniform(0.5, 1.5));

export const modelDensity = exercise({
  id: "1D.density",
  path: "01-change-of-variables/model-density",
  title: "The density of any invertible map",
  source: "Equation 16.1 of Prince, Understanding Deep Learning",
  statement: prose`
Write equation 16.1 once for all: \`modelDensity(x, inverse, derivative, base)\` gives $Pr(x)$ where \`inverse\` is $f^{-1}$,
\`derivative\` is $f'$ (a function of $z$) and \`base\` is the density of $z$. All three are functions from number to number.
$f$ may be increasing or decreasing.`,
  signatures: {
    modelDensity: fn(
      [
        parameter("x", number),
        parameter("inverse", map),
        parameter("derivative", map),
        parameter("base", map),
      ],
      number,
    ),
  },
  checks: [
    {
      name: "is right for increasing maps",
      points: 1,
      hints: [
        {
          text: "Start from $x$, go back to $z$, and ask both the slope and the base density there.",
        },
      ],
      async run({ learner, random, expect }) {
        for (let i = 0; i < 4; i++) {
          const families = [
            affine(random.uniform(0.3, 3), random.uniform(-2, 2)),
            sinh(random.uniform(0.3, 2)),
            exponential(random.uniform(0.3, 1.2), random.uniform(-1, 1)),
          ];
          for (const family of families) {
            const base = i % 2 === 0 ? normal : logistic(random);
            const { x, density } = truth(family, base, random.uniform(-2, 2));
            expect.close(await learner.modelDensity(x, family.inverse, family.derivative, base), density);
          }
        }
      },
    },
    {
      name: "is right for decreasing maps",
      points: 1,
      hints: [
        {
          where: ({ got = 0 }) => got < 0,
          text: "A density is never negative. What happens to yours when the slope is?",
        },
        {
          where: ({ got = 0 }) => got === 0,
          text: "Some $z$ leads to this $x$, so its density is above 0, also where the slope is negative.",
        },
        {
          text: "Start from $x$, go back to $z$, and ask both the slope and the base density there. Of the slope only its size counts.",
        },
      ],
      async run({ learner, random, expect }) {
        for (let i = 0; i < 4; i++) {
          for (const family of [
            affine(-random.uniform(0.3, 3), random.uniform(-2, 2)),
            sinh(-random.uniform(0.3, 2)),
          ]) {
            const base = i % 2 === 0 ? normal : logistic(random);
            const { x, density } = truth(family, base, random.uniform(-2, 2));
            expect.close(await learner.modelDensity(x, family.inverse, family.derivative, base), density);
          }
        }
      },
    },
    {
      name: "integrates to one, and keeps the mass of each interval",
      points: 1,
      hints: [
        {
          where: ({ got = 0 }) => got < 0,
          text: "A density is never negative: the mass of an interval cannot be, either.",
        },
        {
          text: "Mass that leaves one place must arrive at another: only $1/|f'(z)|$ keeps the total.",
        },
      ],
      async run({ learner, random, expect }) {
        const family = affine(-random.uniform(0.5, 2), random.uniform(-1, 1));
        // The base density taken at x has the integral one as well; only the right one gives each image the mass of its interval.
        for (const [low, high] of [[-9, 9] as const, [-9, random.uniform(-1, -0.3)] as const]) {
          const ends = [family.forward(low), family.forward(high)].sort((a, b) => a - b) as [number, number];
          const { x, weights } = quadraturePoints(...ends, 10);
          let mass = 0;
          for (const [i, at] of x.entries()) {
            mass += weights[i] * (await learner.modelDensity(at, family.inverse, family.derivative, normal));
          }
          expect.close(mass, integrate(buildMap(normal), low, high), {
            absolute: 1e-6,
            input: `∫ modelDensity(x, …) dx over [${ends.map((end) => valueText(end)).join(", ")}]`,
            message: "the mass is not that of the z that lead there",
          });
        }
      },
    },
  ],
  hints: [
    "Three lines are enough: $z$, the slope at $z$, the result.",
    "`const z = inverse(x)` comes first; after that $x$ is not needed any more.",
    "`base(z)` divided by the **size** of `derivative(z)`.",
  ],
  reference: {
    modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / Math.abs(derivative(inverse(x))),
  },
  parts: [
    {
      export: "modelDensity",
      by: "product",
      of: [
        {
          name: "the base density at $z$",
          value: ({ inputs: [x, inverse, , base] }) => buildMap(base)(buildMap(inverse)(x)),
        },
        {
          name: "the factor $1/|f'(z)|$",
          value: ({ inputs: [x, inverse, derivative] }) =>
            1 / Math.abs(buildMap(derivative)(buildMap(inverse)(x))),
        },
      ],
    },
  ],
  misconceptions: [
    {
      id: "missing-absolute-value",
      explanation:
        "For a decreasing map your density is negative. Mass does not care about direction: divide by the absolute value of the slope.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(inverse(x)),
      },
    },
    {
      id: "multiplied-by-the-slope",
      explanation: "You multiplied by the slope. Where $f$ stretches, density falls: divide by it.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) => base(inverse(x)) * Math.abs(derivative(inverse(x))),
      },
      variants: [
        { modelDensity: (x, inverse, derivative, base) => base(inverse(x)) * derivative(inverse(x)) },
      ],
    },
    {
      id: "slope-at-x",
      explanation:
        "You asked for the slope at $x$. `derivative` is a function of $z$: use the $z$ that leads to $x$.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / Math.abs(derivative(x)),
      },
      variants: [{ modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(x) }],
    },
    {
      id: "base-at-x",
      explanation:
        "You asked for the base density at $x$. It is the density of $z$: go back through `inverse` first.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) => base(x) / Math.abs(derivative(inverse(x))),
      },
      variants: [{ modelDensity: (x, inverse, derivative, base) => base(x) / derivative(inverse(x)) }],
    },
    {
      id: "no-slope",
      explanation:
        "You returned the base density at $z$ without the factor $1/|f'(z)|$: that is right only where $f$ has slope 1.",
      implementation: { modelDensity: (x, inverse, _derivative, base) => base(inverse(x)) },
    },

    {
      id: "negative-slope-cut",
      explanation:
        "Where the slope is negative you return 0. Mass arrives there too; only its direction has turned. Of the slope, take the size.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) =>
          Math.max(0, base(inverse(x)) / derivative(inverse(x))),
      },
    },
    {
      id: "everything-at-x",
      explanation:
        "You asked both the slope and the base density at $x$. Both are functions of $z$: without `inverse` there is no way back.",
      implementation: { modelDensity: (x, _inverse, derivative, base) => base(x) / Math.abs(derivative(x)) },
      variants: [
        { modelDensity: (x, _inverse, derivative, base) => base(x) / derivative(x) },
        { modelDensity: (x, _inverse, derivative, base) => base(x) * Math.abs(derivative(x)) },
        { modelDensity: (x, _inverse, _derivative, base) => base(x) },
      ],
    },
    {
      id: "back-twice",
      explanation:
        "You applied `inverse` twice. After the first time you are at $z$ already, where slope and base density belong.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) =>
          base(inverse(inverse(x))) / Math.abs(derivative(inverse(inverse(x)))),
      },
      variants: [
        {
          modelDensity: (x, inverse, derivative, base) =>
            base(inverse(inverse(x))) / Math.abs(derivative(inverse(x))),
        },
        {
          modelDensity: (x, inverse, derivative, base) =>
            base(inverse(x)) / Math.abs(derivative(inverse(inverse(x)))),
        },
      ],
    },
    {
      id: "logarithm-of-the-density",
      explanation:
        "You returned the logarithm of the density. That is what training works with; asked for here is the density.",
      implementation: {
        modelDensity: (x, inverse, derivative, base) =>
          Math.log(base(inverse(x))) - Math.log(Math.abs(derivative(inverse(x)))),
      },
      variants: [
        {
          modelDensity: (x, inverse, derivative, base) =>
            Math.log(Math.abs(derivative(inverse(x)))) - Math.log(base(inverse(x))),
        },
      ],
    },
    {
      id: "base-density-forgotten",
      explanation:
        "You returned $1/|f'(z)|$ alone. It says how much is squeezed; what is squeezed is the base density at $z$.",
      implementation: {
        modelDensity: (x, inverse, derivative) => 1 / Math.abs(derivative(inverse(x))),
      },
      variants: [{ modelDensity: (x, inverse, derivative) => Math.abs(derivative(inverse(x))) }],
    },
  ],
  mutants: [
    {
      id: "slope-squared",
      implementation: {
        modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(inverse(x)) ** 2,
      },
    },
  ],
});

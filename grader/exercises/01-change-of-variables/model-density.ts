import { allowed, type Domain, relatively, wellConditioned } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, combined, mapRef } from "../../harness/maps.ts";
import { grid, yoursAgainstAsked } from "../../illustration.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import type { Random } from "../../random.ts";
import { bothSigns, linear, logarithmic, type Region, type Span, strata } from "../../strata.ts";
import { valueText } from "../../transcript.ts";
import { modelMixtures } from "./density.ingredients.ts";

/** A map with its inverse and derivative. */
interface Family {
  readonly forward: MapRef;
  readonly inverse: MapRef;
  readonly derivative: MapRef;
}

function affine(slope: number, offset: number): Family {
  return {
    forward: mapRef("affine", slope, offset),
    inverse: mapRef("affine-inverse", slope, offset),
    derivative: mapRef("affine-derivative", slope),
  };
}

function sinh(scale: number): Family {
  return {
    forward: mapRef("sinh", scale),
    inverse: mapRef("sinh-inverse", scale),
    derivative: mapRef("sinh-derivative", scale),
  };
}

function exponential(a: number, b: number): Family {
  return {
    forward: mapRef("exponential", a, b),
    inverse: mapRef("exponential-inverse", a, b),
    derivative: mapRef("exponential-derivative", a, b),
  };
}

/** First f, then g. */
function then(f: Family, g: Family): Family {
  return {
    forward: combined("composition", f.forward, g.forward),
    inverse: combined("composition", g.inverse, f.inverse),
    derivative: combined("product", f.derivative, combined("composition", f.forward, g.derivative)),
  };
}

/** A straight line whose offset is no larger than its slope, so that going back costs no digits. */
function line(random: Random, slope: number): Family {
  return affine(slope, slope * random.uniform(-2, 2));
}

/** Any map whose slope has this sign. */
function family(random: Random, sign: number): Family {
  switch (random.integer(4)) {
    case 0:
      return line(random, sign * random.uniform(0.3, 3));
    case 1:
      return sinh(sign * random.uniform(0.3, 2));
    case 2:
      return exponential(sign * random.uniform(0.3, 1.2), random.uniform(-1, 1));
    default:
      return then(sinh(random.uniform(0.3, 1)), line(random, sign * random.uniform(0.3, 3)));
  }
}

const normal = mapRef("normal-density");
const logistic = (random: Random): MapRef =>
  mapRef("logistic-density", random.uniform(-0.5, 0.5), random.uniform(0.5, 1.5));

type Inputs = readonly [x: number, inverse: MapRef, derivative: MapRef, base: MapRef];

function inputs(random: Random, { forward, inverse, derivative }: Family, z: number): Inputs {
  const base = random.integer(2) === 0 ? normal : logistic(random);
  return [buildMap(forward)(z), inverse, derivative, base];
}

const latent = (x: number, inverse: MapRef): number => buildMap(inverse)(x);
const slopeAt = (z: number, derivative: MapRef): number => buildMap(derivative)(z);

function truth([x, inverse, derivative, base]: Inputs): number {
  const z = latent(x, inverse);
  return buildMap(base)(z) / Math.abs(slopeAt(z, derivative));
}

/** What a statement about any f and any base distinguishes, for slopes of one sign. */
function regions(sign: 1 | -1): { readonly [name: string]: Region<Inputs> } {
  const direction = sign > 0 ? "increasing" : "decreasing";
  const near = linear(-2, 2);
  const far = bothSigns(linear(9, 30));
  const along = (z: Span): Region<Inputs> => ({
    draw: (random, place) => inputs(random, family(random, sign), z.at(place)),
    place: (x, inverse, derivative) => {
      const at = latent(x, inverse);
      return slopeAt(at, derivative) * sign > 0 ? z.place(at) : undefined;
    },
  });
  const sloped = (slope: Span): Region<Inputs> => ({
    points: 8,
    draw: (random, place) =>
      inputs(random, line(random, sign * slope.at(place)), near.at(random.uniform(0, 1))),
    place: (x, inverse, derivative) => slope.place(sign * slopeAt(latent(x, inverse), derivative)),
  });
  return {
    [`${direction}`]: { ...along(near), points: 12 },
    [`${direction}, z far out`]: { ...along(far), points: 8 },
    [`${direction} and nearly flat`]: sloped(logarithmic(1e-9, 1e-2)),
    [`${direction} and very steep`]: sloped(logarithmic(1e3, 1e9)),
    [`${direction}, outside the support of the base`]: {
      draw(random, place) {
        const [x, inverse, derivative] = inputs(
          random,
          family(random, sign),
          bothSigns(linear(1, 3)).at(place),
        );
        return [
          x,
          inverse,
          derivative,
          mapRef("uniform-density", -random.uniform(0.5, 0.9), random.uniform(0.5, 0.9)),
        ];
      },
      place(x, inverse, derivative, base) {
        const z = latent(x, inverse);
        return slopeAt(z, derivative) * sign > 0 && buildMap(base)(z) === 0 ? 0 : undefined;
      },
    },
  };
}

const increasing = regions(1);
const decreasing = regions(-1);

const domain: Domain<Inputs> = {
  regions: { ...increasing, ...decreasing },
  allows: relatively(1e-7),
  float32: wellConditioned,
};

export const modelDensity = exercise({
  id: "1D.density",
  path: "01-change-of-variables/model-density",
  title: "The density of any invertible map",
  source: "Equation 16.1 of Prince, Understanding Deep Learning",
  statement: prose`
Write equation 16.1 once for all: \`modelDensity(x, inverse, derivative, base)\` gives $Pr(x)$ where \`inverse\` is $f^{-1}$,
\`derivative\` is $f'$ (a function of $z$) and \`base\` is the density of $z$. All three are functions from number to number.
$f$ may be increasing or decreasing, flat or steep. Seven digits are to be right.`,
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
  domains: { modelDensity: domain },
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
        for (const { inputs } of strata(random, increasing)) {
          const density = truth(inputs);
          expect.close(await learner.modelDensity(...inputs), density, allowed(domain, density, ...inputs));
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
        for (const { inputs } of strata(random, decreasing)) {
          const density = truth(inputs);
          expect.close(await learner.modelDensity(...inputs), density, allowed(domain, density, ...inputs));
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
        const forward = buildMap(family.forward);
        // The base density taken at x has the integral one as well; only the right one gives each image the mass of its interval.
        for (const [low, high] of [[-9, 9] as const, [-9, random.uniform(-1, -0.3)] as const]) {
          const ends = [forward(low), forward(high)].sort((a, b) => a - b) as [number, number];
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
  ingredients: [{ export: "modelDensity", mixtures: modelMixtures }],
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
  /** A decreasing map: it shows a missing absolute value, too. */
  async illustrate(learner) {
    const [inverse, derivative] = [mapRef("affine-inverse", -0.6, 0.5), mapRef("affine-derivative", -0.6)];
    return yoursAgainstAsked(
      grid(-2, 3, 61),
      (x) => learner.modelDensity(x, inverse, derivative, normal),
      (x) => buildMap(normal)(buildMap(inverse)(x)) / 0.6,
      { x: "x, where x = f(z) = −0.6 z + 0.5", y: "Pr(x)" },
    );
  },
});

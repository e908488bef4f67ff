import { describe, expect, test } from "vitest";
import { autoregressive } from "../bijections/autoregressive/autoregressive.ts";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { multiscale } from "../bijections/image/multiscale.ts";
import { split } from "../bijections/image/split.ts";
import { permutation } from "../bijections/linear/permutation.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { standardize } from "../bijections/normalization/standardize.ts";
import { made } from "../conditioners/made.ts";
import { mlp } from "../conditioners/mlp.ts";
import { mixture } from "../distributions/mixture.ts";
import { normal, standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import * as flowlab from "../index.ts";
import { saveFlow } from "../serialize/flow-file.ts";
import { fit } from "../training/fit.ts";
import { affineTransformer } from "../transformers/affine.ts";
import { flow } from "./flow.ts";
import { maf } from "./maf.ts";

// biome-ignore lint/suspicious/noExplicitAny: what the types refuse is what is tried here
type Any = any;

const model = () => flow(standardNormal([2]), affine({ scale: [1, 2] }));
const TWO = [
  [1, 2],
  [3, 4],
];

describe("plain data", () => {
  test.each<[string, Any, RegExp, typeof TypeError | typeof ShapeError]>([
    ["ragged rows", [[1, 2], [3]], /rows of equal length; got 2 in \[0\] and 1 in \[1\]/, ShapeError],
    [
      "a longer row",
      [
        [1, 2],
        [3, 4, 5],
      ],
      /rows of equal length; got 2 in \[0\] and 3 in \[1\]/,
      ShapeError,
    ],
    ["deep ragged rows", [[TWO[0]], TWO], /got 1 in \[0\] and 2 in \[1\]/, ShapeError],
    [
      "typed ragged rows",
      [Float32Array.of(1, 2), Float32Array.of(3)],
      /got 2 in \[0\] and 1 in \[1\]/,
      ShapeError,
    ],
    [
      "a number among rows",
      [[1, 2], 3],
      /rows of equal length; got a single number, 3, at \[1\]/,
      ShapeError,
    ],
    ["a row among numbers", [1, [2]], /got 1 number at \[1\] where others have one/, ShapeError],
    ["null", null, /expected numbers, in arrays of equal length; got null: leave out/, TypeError],
    ["nothing", undefined, /got undefined/, TypeError],
    [
      "null in a row",
      [
        [1, 2],
        [null, 3],
      ],
      /got null at \[1\]\[0\]: leave out what is missing, or put a number/,
      TypeError,
    ],
    ["null for a row", [[1, 2], null], /got null at \[1\]/, TypeError],
    ["undefined in a row", [[1, undefined]], /got undefined at \[0\]\[1\]/, TypeError],
    ["a hole", [Array(2)], /got undefined at \[0\]\[0\]/, TypeError],
    ["texts", [["a", "b"]], /got "a" at \[0\]\[0\]: make numbers of it first/, TypeError],
    ["texts that spell numbers", [["1", "2"]], /got "1" at \[0\]\[0\]/, TypeError],
    ["a text", "1,2", /got "1,2": make numbers/, TypeError],
    ["a bigint", [[1n, 2n]], /got the bigint 1 at \[0\]\[0\]/, TypeError],
    ["large integers", BigInt64Array.of(1n, 2n), /got the bigint 1 at \[0\]/, TypeError],
    ["an object", {}, /got an object of type Object/, TypeError],
    ["a date", [[new Date(), 1]], /got an object of type Date at \[0\]\[0\]/, TypeError],
    ["a promise", Promise.resolve(TWO), /got a promise \(await it\)/, TypeError],
    ["a tensor of texts", tf.tensor(["a", "b"]), /a tensor of numbers; got one of type string/, TypeError],
    ["complex numbers", tf.complex([1, 2], [0, 0]), /got one of type complex64/, TypeError],
  ])("of %s is refused wherever data are taken", async (_, data, message, kind) => {
    const conditional = flow(standardNormal([2]), maf({ dimensions: 2, layers: 1, hidden: [2], context: 1 }));
    const uses: (() => unknown)[] = [
      () => model().logProb(data),
      () => standardize(data),
      ...(data === undefined
        ? []
        : [() => conditional.sample(2, 1, data), () => conditional.logProb(TWO, data)]),
    ];
    for (const use of uses) {
      expect(use).toThrow(kind);
      expect(use).toThrow(message);
    }
    await expect(fit(model(), data, { steps: 1 })).rejects.toThrow(message);
    if (data !== undefined) {
      await expect(fit(model(), TWO, { steps: 1, validation: data })).rejects.toThrow(message);
    }
  });

  test("may be of any kind of numbers", () => {
    const expected = Array.from(model().logProb(TWO).dataSync());
    const [first] = expected;
    for (const row of [
      Float32Array.of(1, 2),
      Float64Array.of(1, 2),
      Int8Array.of(1, 2),
      Uint16Array.of(1, 2),
      Uint32Array.of(1, 2),
      Uint8ClampedArray.of(1, 2),
    ] as Any[]) {
      expect(Array.from(model().logProb(row).dataSync())).toEqual([first]);
      expect(
        Array.from(
          model()
            .logProb([row, Array.from(row)])
            .dataSync(),
        ),
      ).toEqual([first, first]);
    }
    expect(model().logProb([[true, false]] as Any).shape).toEqual([1]);
    expect(
      model()
        .logProb([[Number.NaN, 1]])
        .dataSync()[0],
    ).toBeNaN();
    expect(flow(standardNormal(), affine()).logProb(3 as Any).shape).toEqual([]);
    expect(() => model().logProb([])).toThrow(/expected events of shape \[2\].*got shape \[0\]/);
    expect(() => model().logProb([[], []])).toThrow(/got shape \[2,0\]/);
  });

  test("of parameters is refused, too", () => {
    expect(() => affine({ scale: [[1, 2], [3]] })).toThrow(/affine, scale: expected rows of equal length/);
    expect(() => affine({ shift: [1, null] as Any })).toThrow(/affine, shift: .*got null at \[1\]/);
    expect(() => affine({ scale: null as Any })).toThrow(/affine, scale: .*got null/);
  });
});

/** Functions whose options, or parts, are needed, and those that do without. */
const NEEDED =
  "realNVP maf iaf nice splineCoupling glow glowStep coupling autoregressive made mlp residualMlp convNet gatedConvNet " +
  "actNorm batchNorm diagonal triangular orthogonal plu qr invertible1x1Convolution planar split studentT buildDistribution " +
  "transformerFrom";
const OPTIONAL =
  "affine logitTransform monotone rotation squeeze piecewiseLinear rationalQuadraticSpline normal logistic vonMises " +
  "affineTransformer rationalQuadratic piecewiseLinearTransformer";

const CONDITIONER = flowlab.made({ inputs: 2, parameters: 2 });

describe("options", () => {
  test.each(NEEDED.split(" "))("of %s are needed, with the sizes in them", (name) => {
    const make = (flowlab as Any)[name];
    for (const given of [undefined, null, 2, "2", [2], () => 2]) {
      expect(() => make(given)).toThrow(TypeError);
      expect(() => make(given)).toThrow(new RegExp(`^${name}: expected options, e\\.g\\. ${name}\\(\\{`));
    }
    expect(() => make({})).toThrow(/(expected.*got (undefined|NaN))|no distribution of type "undefined"/);
  });

  test.each([...NEEDED.split(" "), ...OPTIONAL.split(" ")])(
    "of %s are such as its message advises",
    (name) => {
      const scope = { ...flowlab, transformer: flowlab.affineTransformer(), conditioner: CONDITIONER };
      let advice = "";
      try {
        (flowlab as Any)[name](2);
      } catch (error) {
        advice = /e\.g\. (.*); got 2/.exec(String(error))?.[1] ?? "";
      }
      expect(advice).not.toBe("");
      const follow = new Function(...Object.keys(scope), `return ${advice}`);
      expect(() => follow(...Object.values(scope)), advice).not.toThrow();
    },
  );

  test.each(OPTIONAL.split(" "))("of %s may be left out, and are no number", (name) => {
    const make = (flowlab as Any)[name];
    for (const given of [null, 2, "2", [2]]) {
      expect(() => make(given)).toThrow(TypeError);
      expect(() => make(given)).toThrow(new RegExp(`^${name}: expected options, e\\.g\\. ${name}\\(\\{`));
    }
    for (const given of [undefined, {}]) expect(() => make(given)).not.toThrow();
  });

  test.each<[string, () => unknown, RegExp]>([
    ["realNVP", () => flowlab.realNVP({} as Any), /^realNVP: expected dimensions ≥ 1.*got undefined/],
    ["maf", () => maf({ dimensions: "2" } as Any), /^maf: expected dimensions.*got "2"/],
    ["mlp", () => mlp({ inputs: 2 } as Any), /^mlp: expected outputs ≥ 1, whole numbers; got undefined/],
    ["flow without anything", () => (flow as Any)(), /^flow: expected a base distribution.*got undefined/],
    ["flow without bijection", () => (flow as Any)(normal()), /^flow: expected a bijection.*got undefined/],
    [
      "flow with a list",
      () => flow(normal(), [affine()] as Any),
      /^flow: expected a bijection.*got an array/,
    ],
    [
      "flow the wrong way",
      () => flow(affine() as Any, normal() as Any),
      /base distribution.*of type Object without/,
    ],
    [
      "chain of two arguments",
      () => (chain as Any)(affine(), affine()),
      /^chain: expected a list of bijections, chain\(/,
    ],
    [
      "chain with a hole",
      () => chain([affine(), undefined] as Any),
      /^chain, entry 1: expected a bijection.*undefined/,
    ],
    ["chain with a function", () => chain([affine] as Any), /^chain, entry 0: .*got a function/],
    ["multiscale", () => (multiscale as Any)(), /^multiscale: expected a list of bijections/],
    ["invert", () => (invert as Any)(), /^invert: expected a bijection/],
    ["split", () => split({} as Any), /^split, inner: expected a bijection/],
    [
      "coupling",
      () => coupling({ mask: [true, false] } as Any),
      /^coupling: expected a transformer.*got undefined/,
    ],
    [
      "coupling without conditioner",
      () => coupling({ mask: [true, false], transformer: affineTransformer() } as Any),
      /^coupling: expected a conditioner, such as mlp/,
    ],
    [
      "autoregressive",
      () => autoregressive({ conditioner: made({ inputs: 2, parameters: 2 }) } as Any),
      /a transformer/,
    ],
    ["mixture", () => (mixture as Any)(normal(), normal()), /^mixture: expected a list of distributions/],
    [
      "mixture of something else",
      () => mixture([affine()] as Any),
      /^mixture, component 0: expected a distribution/,
    ],
    [
      "standardNormal",
      () => standardNormal(2 as Any),
      /^standardNormal: expected the shape.*e\.g\. \[2\].*got 2/,
    ],
    ["standardNormal of half", () => standardNormal([2.5]), /whole lengths ≥ 1; got \[2.5\]/],
    [
      "normal",
      () => normal({ eventShape: 3 as Any }),
      /^normal: expected the shape of an event as a list.*got 3/,
    ],
    ["permutation", () => permutation(2 as Any), /^permutation: expected a list of indices.*got 2/],
    ["actNorm", () => actNorm({} as Any), /dimensions ≥ 1, a whole number; got undefined/],
    ["sample", () => model().sample(2, 7, undefined, null as Any), /^sample: expected options.*got null/],
    ["logProb", () => model().logProb(TWO, undefined, 5 as Any), /^logProb: expected options.*got 5/],
    ["saveFlow", () => (saveFlow as Any)(), /^saveFlow: expected a flow/],
  ])("%s says what it needs", (_, use, message) => {
    expect(use).toThrow(message);
  });

  test("fit says what it needs", async () => {
    await expect((fit as Any)()).rejects.toThrow(
      /^fit: expected a flow, flow\(base, bijection\); got undefined/,
    );
    await expect((fit as Any)(monotone(), TWO)).rejects.toThrow(/^fit: expected a flow.*without base/);
    await expect((fit as Any)(model())).rejects.toThrow(/expected numbers.*got undefined/);
    for (const options of [null, 500, "500"]) {
      await expect(fit(model(), TWO, options as Any)).rejects.toThrow(
        /^fit: expected options, e\.g\. fit\(model, data, \{/,
      );
    }
  });
});

describe("saveFlow", () => {
  const own = () => {
    const { config: _, ...network } = made({ inputs: 2, parameters: 2 });
    return network;
  };
  const transformer = affineTransformer();
  const { config: _, ...nameless } = transformer;
  const mask = [true, false];

  test.each<[string, () => Bijection, RegExp]>([
    [
      "conditioner of a coupling",
      () => {
        const { config: __, ...conditioner } = mlp({ inputs: 1, outputs: 2 });
        return chain([affine(), coupling({ mask, transformer, conditioner })]);
      },
      /^the conditioner of the part "coupling" \(2 of 2 in its chain\) has no config; use saveWeights/,
    ],
    [
      "conditioner of an autoregression",
      () => autoregressive({ transformer, conditioner: own() }),
      /^the conditioner of the part "autoregressive" has no config/,
    ],
    [
      "conditioner of an inverted one",
      () => chain([invert(autoregressive({ transformer, conditioner: own() }))]),
      /^the conditioner of the part "inverted autoregressive" \(1 of 1 in its chain\) has no config/,
    ],
    [
      "transformer",
      () => coupling({ mask, transformer: nameless as Any, conditioner: mlp({ inputs: 1, outputs: 2 }) }),
      /^the transformer of the part "coupling" has no config/,
    ],
  ])("names the %s that has no config", (_, make, message) => {
    expect(() => saveFlow(flow(standardNormal([2]), make()), "never-written")).toThrow(message);
  });

  test("names the component of a mixture that has no config", () => {
    const { config: __, ...component } = normal();
    const base = mixture([normal(), component]);
    expect(() => saveFlow(flow(base, affine()), "never-written")).toThrow(
      /^component 1 of the base distribution has no config/,
    );
  });
});

import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFunction, anObject, aText, listOf, numbers } from "../../ground/arguments/kinds.ts";
import type { Figure } from "../figure.ts";
import { completeFlow, type ScalarFlow } from "./scalar-flow.ts";
import { bothSides, inside, tracedFigure } from "./traced-figure.ts";

/** What {@link normalizingFigure} shows beside the flow. */
export type NormalizingOptions = ScalarFlow & {
  /** Points of x whose way back to z is drawn; by default two. */
  readonly highlight?: readonly number[];
  /** Data, shown as ticks on the x axis and, mapped back, on the z axis. */
  readonly samples?: readonly number[];
  readonly title?: string;
};

/**
 * Normalizing: the inverse z = f⁻¹(x) carries data back to the simple base density, where they can be scored:
 * Pr(x) = Pr(z) / |∂f/∂z|.
 *
 * @throws ShapeError if a flow of this library is given whose events hold more than one number.
 * @throws RangeError if f has no inverse on `zRange`, or a point lies outside f(`zRange`).
 * @see Prince, Understanding Deep Learning, equation 16.1 and figure 16.3 (the idea).
 */
export function normalizingFigure(options: NormalizingOptions): Figure {
  return inNameOf("normalizingFigure", () => drawNormalizing(options));
}

function drawNormalizing(options: NormalizingOptions): Figure {
  checkOptions("normalizingFigure", options, "normalizingFigure({ flow })", {
    forward: aFunction,
    derivative: aFunction,
    base: aFunction,
    zRange: listOf(aFinite),
    highlight: listOf(aFinite),
    samples: listOf(aFinite),
    title: aText,
    flow: anObject,
    context: numbers,
  });
  const flow = completeFlow(options);
  const [low, high] = flow.xRange;
  const highlight = inside(
    "x",
    options.highlight ?? [0.3, 0.7].map((share) => low + share * (high - low)),
    flow.xRange,
  );
  const samples = inside("x", options.samples ?? [], flow.xRange);
  const { base, data } = bothSides(flow, samples.map(flow.inverse), samples);
  const points = highlight.map((x) => {
    const z = flow.inverse(x);
    return { across: x, up: z, acrossDensity: flow.density(x), upDensity: flow.base(z) };
  });
  return tracedFigure({
    ...{
      across: data,
      up: base,
      points,
      map: "<i>z</i> = <i>f</i><sup> −1</sup>(<i>x</i>)",
      title: options.title,
    },
    description:
      "Data x from the model density (below) are carried by the inverse of f (middle) back to the base density of z (left).",
  });
}

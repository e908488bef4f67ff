import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFunction, anObject, aText, listOf, numbers } from "../../ground/arguments/kinds.ts";
import type { Figure } from "../figure.ts";
import { completeFlow, type ScalarFlow } from "./scalar-flow.ts";
import { bothSides, inside, tracedFigure } from "./traced-figure.ts";

/** What {@link samplePushFigure} shows beside the flow. */
export type SamplePushOptions = ScalarFlow & {
  /** Points of z whose way is drawn; by default two. */
  readonly highlight?: readonly number[];
  /** More samples of z, shown as ticks on both axes. */
  readonly samples?: readonly number[];
  readonly title?: string;
};

/**
 * Sampling: draw z from the base density, push it through f, and x = f(z) has the model density
 * Pr(x) = Pr(z) / |∂f/∂z|. Where f is flat, samples crowd and the density is high.
 *
 * @throws ShapeError if a flow of this library is given whose events hold more than one number.
 * @throws RangeError if f has no inverse on `zRange`, or a point lies outside `zRange`.
 * @see Prince, Understanding Deep Learning, equation 16.1 and figure 16.1 (the idea).
 */
export function samplePushFigure(options: SamplePushOptions): Figure {
  return inNameOf("samplePushFigure", () => drawSamplePush(options));
}

function drawSamplePush(options: SamplePushOptions): Figure {
  checkOptions("samplePushFigure", options, "samplePushFigure({ flow })", {
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
  const [low, high] = flow.zRange;
  const highlight = inside(
    "z",
    options.highlight ?? [0.35, 0.65].map((share) => low + share * (high - low)),
    flow.zRange,
  );
  const samples = inside("z", options.samples ?? [], flow.zRange);
  const { base, data } = bothSides(flow, samples, samples.map(flow.forward));
  const points = highlight.map((z) => {
    const density = flow.base(z);
    return {
      across: z,
      up: flow.forward(z),
      acrossDensity: density,
      upDensity: density / Math.abs(flow.derivative(z)),
    };
  });
  return tracedFigure({
    ...{ across: base, up: data, points, map: "<i>x</i> = <i>f</i>(<i>z</i>)", title: options.title },
    description:
      "Samples z from the base density (below) are pushed through f (middle) and become samples x of the model density (left).",
  });
}

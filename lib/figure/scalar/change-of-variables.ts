import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFunction, anObject, aText, listOf, numbers } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { palette } from "../palette.ts";
import { type BinPair, binPairs } from "./bin-pairs.ts";
import { baseBin, binEdges, binStrip, dataBin, showMass } from "./bin-traces.ts";
import { densityTrace, mapTrace, panelLayout, withRoom } from "./flow-panels.ts";
import { completeFlow, type ScalarFlow } from "./scalar-flow.ts";

/** What {@link changeOfVariablesFigure} shows beside the flow. */
export type ChangeOfVariablesOptions = ScalarFlow & {
  /** How many equal bins z is cut into; 20 if left out. */
  readonly bins?: number;
  /** Which bin is shaded, counted from 0; one at 60% of the range if left out. */
  readonly highlight?: number;
  readonly title?: string;
};

/**
 * Why density divides by |∂f/∂z|: a bin of z and its image on the x axis hold the same mass, so where f stretches the
 * bin the density falls in proportion. Pointing at a bin tells its mass, integrated on its own side.
 *
 * Pr(x) = Pr(z) · |∂f/∂z|⁻¹
 *
 * f is a function of one number, `{ forward }`, or a flow or a bijection of this library, `{ flow }`, which is evaluated
 * once. (A function that calls one on a tensor of a single number would be called 100,000 times.)
 *
 * @throws ShapeError if a flow's events hold more than one number.
 * @throws RangeError if f has no inverse on `zRange`, `bins` is no whole number ≥ 1, or `highlight` is not a bin.
 * @see Prince, Understanding Deep Learning, equation 16.1 and figure 16.2 (the idea).
 */
export function changeOfVariablesFigure(options: ChangeOfVariablesOptions): Figure {
  return inNameOf("changeOfVariablesFigure", () => drawChangeOfVariables(options));
}

function drawChangeOfVariables(options: ChangeOfVariablesOptions): Figure {
  checkOptions("changeOfVariablesFigure", options, "changeOfVariablesFigure({ flow })", {
    forward: aFunction,
    derivative: aFunction,
    base: aFunction,
    zRange: listOf(aFinite),
    bins: aFinite,
    highlight: aFinite,
    title: aText,
    flow: anObject,
    context: numbers,
  });
  const flow = completeFlow(options);
  const bins = binPairs(flow, options.bins ?? 20);
  const highlight = options.highlight ?? Math.floor(bins.length * 0.6);
  const chosen = bins[highlight];
  if (chosen === undefined) {
    throw new RangeError(`highlight: expected a bin from 0 to ${bins.length - 1}; got ${highlight}`);
  }
  const z = linspace(...flow.zRange, 301);
  const x = z.map(flow.forward);
  const density = z.map((value) => flow.base(value) / Math.abs(flow.derivative(value)));
  const upRange = withRoom(flow.xRange);
  const data = [
    ...bins.map((bin, index) => baseBin(flow, bin, index, index === highlight)),
    ...bins.map((bin, index) => dataBin(flow, bin, index, index === highlight)),
    binStrip(flow, chosen, upRange[0]),
    binEdges(flow, bins, upRange[0]),
    densityTrace("below", z, z.map(flow.base), "z", palette.base, false),
    densityTrace("left", x, density, "x", palette.data, false),
    mapTrace(z, x, "z", "x"),
  ];
  const layout = panelLayout({
    ...{ across: "z", up: "x", map: "<i>x</i> = <i>f</i>(<i>z</i>)" },
    ...{ acrossRange: flow.zRange, upRange },
    ...{ acrossDensity: Math.max(...z.map(flow.base)), upDensity: Math.max(...density) },
    ...(options.title === undefined ? {} : { title: options.title }),
  });
  const description =
    "Equal bins of z (below) are mapped by f (middle) to bins of x (left); a bin and its image hold the same mass, " +
    `the shaded one ${showMass(chosen.baseMass)}.`;
  return figure(data, layout, { description, caption: massNote(chosen) });
}

/** The shaded bin's masses. */
function massNote(bin: BinPair): string {
  return `Mass of the shaded bin: <b>${showMass(bin.baseMass)}</b> in <i>z</i>, <b>${showMass(bin.dataMass)}</b> in <i>x</i>.`;
}

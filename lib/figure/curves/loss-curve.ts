import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFlag, anObject, aText, aValue, demand, listOf } from "../../ground/arguments/kinds.ts";
import { plural } from "../../ground/plural.ts";
import { type Figure, figure } from "../figure.ts";
import { fade, palette } from "../palette.ts";
import type { Trace } from "../types.ts";

/** One value of a loss that is recorded now and then. */
export interface LossPoint {
  /** Steps done, from 1. */
  readonly step: number;
  /** In any unit; nats in figures of {@link fit}. */
  readonly loss: number;
}

/** Losses of a training run. */
export interface LossCurveOptions {
  /** One loss per step (numbered from 1), or losses with their steps. */
  readonly training: ArrayLike<number> | readonly LossPoint[];
  /** Losses on held-out data. */
  readonly validation?: readonly LossPoint[];
  /** The best value that is possible, drawn as a line: the entropy of the true density, say. */
  readonly optimum?: number;
  /** What the legend calls it; "best possible" if left out. */
  readonly optimumName?: string;
  /** How far the line of the best value goes; to the last loss if left out. */
  readonly steps?: number;
  /** "negative log-likelihood (nats)" if left out. */
  readonly yTitle?: string;
  /** Whether many losses of single steps are drawn pale under their running mean; true if left out. */
  readonly smooth?: boolean;
  readonly title?: string;
}

/**
 * How a loss fell: the noisy loss of each step, its running mean, and the loss on held-out data.
 *
 * @throws RangeError if no loss is finite.
 */
export function lossCurveFigure(options: LossCurveOptions): Figure {
  return inNameOf("lossCurveFigure", () => drawLossCurve(options));
}

function drawLossCurve(options: LossCurveOptions): Figure {
  checkOptions("lossCurveFigure", options, "lossCurveFigure({ training })", {
    training: demand(aValue),
    validation: listOf(anObject),
    optimum: aFinite,
    optimumName: aText,
    steps: aFinite,
    yTitle: aText,
    smooth: aFlag,
    title: aText,
  });
  const points = Array.from(options.training as ArrayLike<number | LossPoint>, (value, index) =>
    typeof value === "number" ? { step: index + 1, loss: value } : value,
  );
  const { steps, losses } = columns(points);
  const hovertemplate = "step %{x}<br>%{y:.4f}<extra>%{fullData.name}</extra>";
  const noisy = (options.smooth ?? true) && losses.length > 60;
  const raw: Trace = {
    name: "training",
    mode: "lines",
    x: steps,
    y: losses,
    line: { color: noisy ? fade(palette.loss, 0.35) : palette.loss, width: noisy ? 1 : 2 },
    hovertemplate,
  };
  const data: Trace[] = [raw];
  if (noisy) {
    const line = { color: palette.loss, width: 2.5 };
    data.push({ name: "running mean", mode: "lines", x: steps, y: runningMean(losses), line, hovertemplate });
  }
  if (options.validation !== undefined && options.validation.length > 0) {
    const { steps: x, losses: y } = columns(options.validation);
    const line = { color: palette.heldOut, width: 2 };
    data.push({
      name: "held-out",
      mode: "lines+markers",
      x,
      y,
      line,
      marker: { color: palette.heldOut, size: 5 },
      hovertemplate,
    });
  }
  if (options.optimum !== undefined) {
    const shown = [...steps, ...(options.validation ?? []).map(({ step }) => step)];
    const ends = [Math.min(...shown), options.steps ?? Math.max(...shown)];
    const line = { color: palette.neutral, width: 1.5, dash: "dash" } as const;
    data.push({
      name: options.optimumName ?? "best possible",
      mode: "lines",
      x: ends,
      y: [options.optimum, options.optimum],
      line,
      hovertemplate,
    });
  }
  const layout = {
    xaxis: { title: "step" },
    yaxis: { title: options.yTitle ?? "negative log-likelihood (nats)" },
    height: 320,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const last = losses.at(-1);
  const description = `${options.title ?? "Loss curve"}: ${plural(losses.length, "value")}, the last ${last?.toPrecision(5)}`;
  return figure(data, layout, { description });
}

function columns(points: readonly LossPoint[]): { steps: number[]; losses: number[] } {
  return { steps: points.map((point) => point.step), losses: points.map((point) => point.loss) };
}

/** Mean over the neighbours within a fortieth of the run at either side; losses that are not finite are passed over. */
function runningMean(losses: readonly number[]): (number | null)[] {
  const reach = Math.max(2, Math.round(losses.length / 40));
  return losses.map((_, index) => {
    const near = losses.slice(Math.max(0, index - reach), index + reach + 1).filter(Number.isFinite);
    return near.length === 0 ? null : near.reduce((sum, loss) => sum + loss, 0) / near.length;
  });
}

import { type LossPoint, lossCurveFigure } from "../figure/curves/loss-curve.ts";
import { renderSvg } from "../figure/svg/svg.ts";
import { followingTheme } from "../figure/theme.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anObject, aText, checkKind, demand } from "../ground/arguments/kinds.ts";
import { notebookHost } from "../ground/notebook/notebook-host.ts";
import { display, liveDisplay } from "./display.ts";
import { html } from "./html.ts";
import { onInterrupt } from "./interrupt.ts";
import { type ProgressState, progressHtml, progressText, updateInterval } from "./progress-bar.ts";

/** What a training loop tells after a step. */
export interface TrainingProgress {
  /** Steps done so far, from 1. */
  readonly step: number;
  /** Of the latest step, in nats if it is that of {@link fit}. */
  readonly loss: number;
  /** The latest loss on held-out data, if there is one; it may be told again until there is a new one. */
  readonly validation?: number | undefined;
  /** All losses since the last report, where not every step is reported; `loss` and `validation` are not shown then. */
  readonly recent?: {
    /** The last one is that of the step `step`. */
    readonly loss: readonly number[];
    readonly validation: readonly LossPoint[];
  };
  /** Seconds since the start, of which some may lie before this display; its own time if left out. */
  readonly seconds?: number;
  /** Ends the display, before the last step too, and says how the training ended. */
  readonly outcome?: "finished" | "stopped" | "aborted" | "failed";
}

/** What is known before training starts. */
export interface TrainingDisplayOptions {
  /** Steps to do in all. */
  readonly steps: number;
  /** What stands beside the bar; "Training" if left out. */
  readonly label?: string;
  /** The lowest loss that is possible, if known: the entropy of the true density, say; drawn as a line. */
  readonly optimum?: number;
  /** What the legend calls it; "best possible" if left out. */
  readonly optimumName?: string;
  /** What the loss is, with its unit in brackets; "negative log-likelihood (nats)" if left out. */
  readonly yTitle?: string;
}

/** A callback for a training loop, and its end. */
export interface TrainingDisplay {
  (progress: TrainingProgress): void;
  /** Ends the display of a loop of one's own before the last step; after that, and with {@link fit}, it ends by itself. */
  finish(): void;
}

/**
 * Shows a training run while it runs: a bar with loss and remaining time over a small curve of the losses, redrawn at
 * most ten times a second. At its end the picture gives way to an interactive figure with the loss of every step. If the
 * cell is interrupted, it says so instead of a remaining time.
 *
 *     await fit(model, data, { steps: 2000, onProgress: trainingDisplay({ steps: 2000 }) });
 *
 * @throws RangeError if `steps` is not a positive number.
 */
export function trainingDisplay(options: TrainingDisplayOptions): TrainingDisplay {
  checkOptions("trainingDisplay", options, "trainingDisplay({ steps: 2000 })", {
    steps: aNumber,
    label: aText,
    optimum: aNumber,
    optimumName: aText,
    yTitle: aText,
  });
  const { steps, label = "Training" } = options;
  if (!(steps > 0 && Number.isFinite(steps)))
    throw new RangeError(`trainingDisplay: expected steps as a positive number; got ${steps}`);
  const live = liveDisplay();
  const start = performance.now();
  const redraws = notebookHost() !== undefined || process.stdout.isTTY === true;
  const losses: Losses = { training: [], validation: [] };
  let shownAt = Number.NEGATIVE_INFINITY;
  let finished = false;
  // An interrupted loop may never come back; fit does, with its last report.
  let interrupted = false;
  let ending = "";
  // A training that goes on from a checkpoint has begun earlier.
  let before = 0;
  const show = () => {
    shownAt = performance.now();
    const elapsed = before + (shownAt - start) / 1000;
    const state = { label, total: steps, elapsed, finished: finished || interrupted };
    live.update(snapshot(losses, ending, state, options, !finished));
  };
  const unwatch = onInterrupt(() => {
    interrupted = true;
    ending = "interrupted";
    show();
  });
  const finish = () => {
    if (finished) return;
    finished = true;
    unwatch();
    show();
    showFinal(options, losses);
  };
  const onProgress = (progress: TrainingProgress) => {
    checkKind("trainingDisplay", "the progress", progress, demand(anObject));
    record(losses, progress);
    const { step, seconds, outcome } = progress;
    if (seconds !== undefined) before = seconds - (performance.now() - start) / 1000;
    if (outcome && !interrupted) ending = ENDINGS[outcome];
    // The last report of fit comes after that of the last step.
    if (outcome || (step >= steps && !progress.recent)) finish();
    else if (redraws && performance.now() - shownAt >= updateInterval) show();
  };
  return Object.assign(onProgress, { finish });
}

const LIKELIHOOD = "negative log-likelihood (nats)";

/** "negative log-likelihood 1.2345 nats": the unit stands in the title's brackets, if there is one. */
function withUnit(title: string, value: number): string {
  const [, name, unit] = /^(.*?)(?:\s*\(([^()]*)\))?$/.exec(title) ?? [];
  return [name, value.toFixed(4), unit].filter((part) => part !== undefined).join(" ");
}

/** What the bar says of a training that has ended. */
const ENDINGS: Readonly<Record<NonNullable<TrainingProgress["outcome"]>, string>> = {
  finished: "",
  stopped: "stopped early",
  aborted: "aborted",
  failed: "failed",
};

interface Losses {
  readonly training: LossPoint[];
  readonly validation: LossPoint[];
}

function record(
  { training, validation }: Losses,
  { step, loss, validation: heldOut, recent }: TrainingProgress,
): void {
  if (recent) {
    const first = step - recent.loss.length + 1;
    recent.loss.forEach((value, i) => void training.push({ step: first + i, loss: value }));
    for (const point of recent.validation) validation.push(point);
    return;
  }
  training.push({ step, loss });
  if (heldOut !== undefined && heldOut !== validation[validation.length - 1]?.loss) {
    validation.push({ step, loss: heldOut });
  }
}

/** Bar and curve at one moment. */
function snapshot(
  { training, validation }: Losses,
  ending: string,
  rest: Omit<ProgressState, "count" | "text">,
  options: TrainingDisplayOptions,
  withCurve: boolean,
) {
  const state = { ...stateOf(training, validation, ending, options.yTitle), ...rest };
  const curve = !withCurve ? "" : liveCurve(training, validation, options);
  return html(progressHtml(state) + curve, progressText(state));
}

/** The interactive figure, as a new output: an update of the live one may not bring plotly.js along. */
function showFinal(options: TrainingDisplayOptions, { training, validation }: Losses): void {
  const drawable = training.some((point) => Number.isFinite(point.loss));
  if (drawable && notebookHost() !== undefined) void display(finalFigure(options, training, validation));
}

function stateOf(
  training: readonly LossPoint[],
  validation: readonly LossPoint[],
  ending: string,
  yTitle = LIKELIHOOD,
): Pick<ProgressState, "count" | "text"> {
  const last = training[training.length - 1];
  const heldOut = validation[validation.length - 1];
  const text = [
    ...(last === undefined ? [] : [withUnit(yTitle, last.loss)]),
    ...(heldOut === undefined ? [] : [`held-out ${heldOut.loss.toFixed(4)}`]),
    ...(ending === "" ? [] : [ending]),
  ];
  return { count: last?.step ?? 0, text: text.join(" · ") };
}

/** The curves so far as a small picture: drawn in about a millisecond, without any script. */
function liveCurve(
  training: readonly LossPoint[],
  validation: readonly LossPoint[],
  { steps, yTitle = LIKELIHOOD, optimum, optimumName }: TrainingDisplayOptions,
): string {
  const shown = thin(
    training.filter((point) => Number.isFinite(point.loss)),
    300,
  );
  if (shown.length < 2) return "";
  const heldOut = validation.filter((point) => Number.isFinite(point.loss));
  const { data, layout } = lossCurveFigure({
    training: shown,
    ...(heldOut.length > 1 ? { validation: heldOut } : {}),
    ...(optimum === undefined ? {} : { optimum }),
    ...(optimumName === undefined ? {} : { optimumName }),
    yTitle,
    smooth: false,
    steps,
  });
  const range = lossRange([...shown, ...heldOut], optimum);
  const axes = {
    xaxis: { ...layout.xaxis, range: [0, steps] as const },
    yaxis: { ...layout.yaxis, range },
    margin: { l: 64, r: 40, t: 12, b: 48 },
  };
  const [first, last] = [shown[0], shown[shown.length - 1]] as [LossPoint, LossPoint];
  const description = `The loss so far: ${withUnit(yTitle, first.loss)} at step ${first.step}, ${last.loss.toFixed(4)} at step ${last.step} of ${steps}`;
  const svg = renderSvg(data, axes, { width: 560, height: 250, description });
  const box = "max-width:560px;border-radius:6px;overflow:hidden;margin-top:6px";
  return `<div style="${box}">${followingTheme(svg)}</div>`;
}

/** Room for all but the steepest start: one huge first loss would press the rest flat. */
function lossRange(points: readonly LossPoint[], optimum: number | undefined): [number, number] {
  const sorted = points.map((point) => point.loss).sort((a, b) => a - b);
  const usual = [sorted[0] ?? 0, sorted[Math.floor((sorted.length - 1) * 0.98)] ?? 1];
  const shown = optimum === undefined ? usual : [...usual, optimum];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}

/** At most `count` points: means of equally many neighbours, so nothing is passed over. */
function thin(points: readonly LossPoint[], count: number): LossPoint[] {
  const size = Math.ceil(points.length / count);
  if (size <= 1) return [...points];
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const group = points.slice(index * size, (index + 1) * size);
    const loss = group.reduce((sum, point) => sum + point.loss, 0) / group.length;
    return { step: group[group.length - 1]?.step ?? 0, loss };
  });
}

function finalFigure(
  options: TrainingDisplayOptions,
  training: readonly LossPoint[],
  validation: readonly LossPoint[],
) {
  return lossCurveFigure({
    training: training.length > 4000 ? thin(training, 2000) : training,
    validation,
    ...(options.optimum === undefined ? {} : { optimum: options.optimum }),
    ...(options.optimumName === undefined ? {} : { optimumName: options.optimumName }),
    ...(options.yTitle === undefined ? {} : { yTitle: options.yTitle }),
  });
}

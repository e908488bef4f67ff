export { affine } from "./bijections/affine.ts";
export {
  type Bijection,
  type Computation,
  type Mapped,
  NoInverseError,
  ShapeError,
  type Solution,
} from "./bijections/bijection.ts";
export { chain } from "./bijections/chain.ts";
export { invert } from "./bijections/invert.ts";
export { leakyRelu } from "./bijections/leaky-relu.ts";
export { type MonotoneOptions, monotone } from "./bijections/monotone.ts";
export { logit, sigmoid } from "./bijections/sigmoid.ts";
export { type Increasing, solveIncreasing } from "./bijections/solve-increasing.ts";
export type { Distribution } from "./distributions/distribution.ts";
export { standardNormal } from "./distributions/normal.ts";
export { normalCdf, normalDensity, normalQuantile } from "./distributions/normal-functions.ts";
export { uniform } from "./distributions/uniform.ts";
export type { Backend } from "./engine/load.ts";
export { availableBackends, engine, tf, useBackend } from "./engine/tf.ts";
export { type ChangeOfVariablesOptions, changeOfVariablesFigure } from "./figure/change-of-variables.ts";
export { type CompareOptions, compareFigure } from "./figure/compare.ts";
export { type DeformationOptions, deformationFigure } from "./figure/deformation.ts";
export { type DensityFitOptions, densityFitFigure } from "./figure/density-fit.ts";
export { type Figure, type FigureOptions, figure, type HtmlOptions, isFigure } from "./figure/figure.ts";
export { type LineOptions, lineFigure, type Series } from "./figure/line.ts";
export { type LossCurveOptions, type LossPoint, lossCurveFigure } from "./figure/loss-curve.ts";
export { type NormalizingOptions, normalizingFigure } from "./figure/normalizing.ts";
export {
  baseScale,
  type ColorScale,
  colorway,
  dataScale,
  fade,
  palette,
  signedScale,
} from "./figure/palette.ts";
export { plotlyCarrier, plotlyFile, plotlyVersion } from "./figure/plotly.ts";
export { type SamplePushOptions, samplePushFigure } from "./figure/sample-push.ts";
export { linspace, type ScalarFlow, type ScalarFunction } from "./figure/scalar-flow.ts";
export type { Annotation, Axis, Frame, Layout, Line, Marker, Shape, Trace, Values } from "./figure/types.ts";
export { type Flow, flow, type Sampled } from "./flow.ts";
export { display, type LiveDisplay, liveDisplay } from "./notebook/display.ts";
export { hostKey, type NotebookHost, notebookHost } from "./notebook/host.ts";
export { html, markdown, type RichText } from "./notebook/html.ts";
export { type Progress, progress } from "./notebook/progress.ts";
export { escapeHtml, jupyterDisplay, type MimeBundle, mimeBundle, type Rich } from "./notebook/rich.ts";
export { type Cell, type TableOptions, table } from "./notebook/table.ts";
export {
  type TrainingDisplay,
  type TrainingDisplayOptions,
  type TrainingProgress,
  trainingDisplay,
} from "./notebook/training-display.ts";
export { type Random, random } from "./random/random.ts";
export { NonFiniteLossError } from "./training/fault.ts";
export { type FitHistory, type FitOptions, type FitProgress, fit } from "./training/fit.ts";

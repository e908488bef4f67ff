/** What `flowlab/figure` exports: figures of flows, densities, samples and trainings, and what one's own are made of. */

export { type CompareOptions, compareFigure } from "./curves/compare.ts";
export { type LineOptions, lineFigure, type Series } from "./curves/line.ts";
export { type LossCurveOptions, type LossPoint, lossCurveFigure } from "./curves/loss-curve.ts";
export { type Figure, type FigureOptions, figure, type HtmlOptions, isFigure } from "./figure.ts";
export { type ImageGridOptions, imageGridFigure } from "./images/image-grid.ts";
export {
  type InterpolationOptions,
  interpolate,
  interpolationFigure,
} from "./images/interpolation.ts";
export type { Images } from "./images/mosaic.ts";
export { linspace } from "./linspace.ts";
export { plotlyCarrier, plotlyFile, plotlyVersion } from "./page/plotly.ts";
export {
  baseScale,
  type ColorScale,
  colorway,
  dataScale,
  fade,
  palette,
  signedScale,
} from "./palette.ts";
export { type Density2dOptions, density2dFigure } from "./plane/density-2d.ts";
export { type FlowLayersOptions, flowLayersFigure } from "./plane/flow-layers.ts";
export { type JacobianOptions, jacobianFigure, jacobianOf } from "./plane/jacobian.ts";
export type { GivenPoints, OnPoints, PlaneRange, Points, Space } from "./plane/plane.ts";
export { type SampleSet, type Samples2dOptions, samples2dFigure } from "./plane/samples-2d.ts";
export { type WarpedGridOptions, warpedGridFigure } from "./plane/warped-grid.ts";
export {
  type ChangeOfVariablesOptions,
  changeOfVariablesFigure,
} from "./scalar/change-of-variables.ts";
export { type DeformationOptions, deformationFigure } from "./scalar/deformation.ts";
export { type DensityFitOptions, densityFitFigure } from "./scalar/density-fit.ts";
export { type NormalizingOptions, normalizingFigure } from "./scalar/normalizing.ts";
export { type SamplePushOptions, samplePushFigure } from "./scalar/sample-push.ts";
export type { ScalarFlow } from "./scalar/scalar-flow.ts";
export type { ScalarFunction, ScalarMap } from "./scalar/scalar-map.ts";
export type { ModelFlow } from "./scalar/tabulated-flow.ts";
export type { Annotation, Axis, Frame, Layout, Line, Marker, Shape, Trace, Values } from "./types.ts";

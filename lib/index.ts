export { actNorm } from "./bijections/act-norm.ts";
export { affine } from "./bijections/affine.ts";
export { type AutoregressiveOptions, autoregressive } from "./bijections/autoregressive.ts";
export { type BatchNormOptions, batchNorm } from "./bijections/batch-norm.ts";
export {
  type Bijection,
  type Computation,
  type Inside,
  type Mapped,
  NoInverseError,
  ShapeError,
  type Solution,
} from "./bijections/bijection.ts";
export { chain } from "./bijections/chain.ts";
export { type CouplingOptions, coupling } from "./bijections/coupling.ts";
export { diagonal } from "./bijections/diagonal.ts";
export { type GlowStepOptions, glowStep } from "./bijections/glow-step.ts";
export { invert } from "./bijections/invert.ts";
export {
  type Invertible1x1Options,
  invertible1x1Convolution,
} from "./bijections/invertible-1x1-convolution.ts";
export { leakyRelu } from "./bijections/leaky-relu.ts";
export type { LinearOptions } from "./bijections/linear.ts";
export { logitTransform } from "./bijections/logit-transform.ts";
export { alternatingMask, channelMask, checkerboardMask, halfMask, type Mask } from "./bijections/masks.ts";
export { type MonotoneOptions, monotone } from "./bijections/monotone.ts";
export { latentLevels, multiscale } from "./bijections/multiscale.ts";
export { orthogonal, type ReflectionOptions } from "./bijections/orthogonal.ts";
export {
  learnedPermutation,
  permutation,
  randomPermutation,
  reversePermutation,
} from "./bijections/permutation.ts";
export { piecewiseLinear } from "./bijections/piecewise-linear.ts";
export { plu } from "./bijections/plu.ts";
export { qr } from "./bijections/qr.ts";
export { rationalQuadraticSpline } from "./bijections/rational-quadratic-spline.ts";
export { type RotationOptions, rotation } from "./bijections/rotation.ts";
export { logit, sigmoid } from "./bijections/sigmoid.ts";
export { softplus } from "./bijections/softplus.ts";
export { type Increasing, solveIncreasing } from "./bijections/solve-increasing.ts";
export { type SplitOptions, split } from "./bijections/split.ts";
export { squeeze } from "./bijections/squeeze.ts";
export { tanh } from "./bijections/tanh.ts";
export { triangular } from "./bijections/triangular.ts";
export { type Compiled, type CompileInfo, type CompileOptions, compile } from "./compile/compile.ts";
export { isRecording } from "./compile/recording.ts";
export type { Activation } from "./conditioners/activation.ts";
export type { Conditioner } from "./conditioners/conditioner.ts";
export { type ConvNetOptions, convNet } from "./conditioners/conv-net.ts";
export { type GatedConvNetOptions, gatedConvNet } from "./conditioners/gated-conv-net.ts";
export { type AutoregressiveConditioner, type MadeOptions, made } from "./conditioners/made.ts";
export { type MlpOptions, mlp } from "./conditioners/mlp.ts";
export type { Order, OrderOption } from "./conditioners/order.ts";
export { type ResidualMlpOptions, residualMlp } from "./conditioners/residual-mlp.ts";
export { type ContactSheetOptions, contactSheet } from "./data/contact-sheet.ts";
export { type CsvTableOptions, csvTable, type Table } from "./data/csv.ts";
export {
  type BitsPerDimensionOptions,
  bitsPerDimension,
  type DequantizeOptions,
  dequantize,
  quantize,
} from "./data/dequantization.ts";
export { type DrawnImagesOptions, type DrawnSet, drawnImages } from "./data/drawn-images.ts";
export { type IdxArray, idxImages, readIdx } from "./data/idx.ts";
export type { ImageSet } from "./data/image-set.ts";
export { decodePng, encodePng, type Picture } from "./data/png.ts";
export { type PngFolderOptions, pngFolder } from "./data/png-folder.ts";
export { toyDensities } from "./data/toy/toy-densities.ts";
export type { Potential, ToyDensity } from "./data/toy/toy-density.ts";
export { buildDistribution } from "./distributions/build.ts";
export type { Distribution } from "./distributions/distribution.ts";
export type { LocationScale } from "./distributions/location-scale.ts";
export { logistic } from "./distributions/logistic.ts";
export { mixture } from "./distributions/mixture.ts";
export { normal, standardNormal } from "./distributions/normal.ts";
export { normalCdf, normalDensity, normalQuantile } from "./distributions/normal-functions.ts";
export { digamma, logGamma, scaledBesselI } from "./distributions/special-functions.ts";
export { type StudentTOptions, studentT } from "./distributions/student-t.ts";
export { uniform } from "./distributions/uniform.ts";
export { type VonMisesOptions, vonMises } from "./distributions/von-mises.ts";
export type { Backend } from "./engine/load.ts";
export { availableBackends, engine, tf, useBackend } from "./engine/tf.ts";
export { type ChangeOfVariablesOptions, changeOfVariablesFigure } from "./figure/change-of-variables.ts";
export { type CompareOptions, compareFigure } from "./figure/compare.ts";
export { type DeformationOptions, deformationFigure } from "./figure/deformation.ts";
export { type Density2dOptions, density2dFigure } from "./figure/density-2d.ts";
export { type DensityFitOptions, densityFitFigure } from "./figure/density-fit.ts";
export { type Figure, type FigureOptions, figure, type HtmlOptions, isFigure } from "./figure/figure.ts";
export { type FlowLayersOptions, flowLayersFigure } from "./figure/flow-layers.ts";
export { type ImageGridOptions, imageGridFigure } from "./figure/image-grid.ts";
export { type InterpolationOptions, interpolate, interpolationFigure } from "./figure/interpolation.ts";
export { type JacobianOptions, jacobianFigure, jacobianOf } from "./figure/jacobian.ts";
export { type LineOptions, lineFigure, type Series } from "./figure/line.ts";
export { type LossCurveOptions, type LossPoint, lossCurveFigure } from "./figure/loss-curve.ts";
export type { Images } from "./figure/mosaic.ts";
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
export type { GivenPoints, OnPoints, PlaneRange, Points, Space } from "./figure/plane.ts";
export { plotlyCarrier, plotlyFile, plotlyVersion } from "./figure/plotly.ts";
export { type SamplePushOptions, samplePushFigure } from "./figure/sample-push.ts";
export { type SampleSet, type Samples2dOptions, samples2dFigure } from "./figure/samples-2d.ts";
export { linspace, type ScalarFlow, type ScalarFunction, type ScalarMap } from "./figure/scalar-flow.ts";
export type { ModelFlow } from "./figure/tabulated-flow.ts";
export type { Annotation, Axis, Frame, Layout, Line, Marker, Shape, Trace, Values } from "./figure/types.ts";
export { type WarpedGridOptions, warpedGridFigure } from "./figure/warped-grid.ts";
export { type Flow, flow, type LogProbOptions, type Sampled, type SampleOptions } from "./flow.ts";
export { type GlowOptions, glow } from "./flows/glow.ts";
export { iaf } from "./flows/iaf.ts";
export type { VectorFlowOptions } from "./flows/layers.ts";
export { maf } from "./flows/maf.ts";
export { nice } from "./flows/nice.ts";
export { realNVP } from "./flows/real-nvp.ts";
export { type SplineCouplingOptions, splineCoupling } from "./flows/spline-coupling.ts";
export { logAbsDet, matrixInverse } from "./linear-algebra/matrix-operations.ts";
export { SingularMatrixError } from "./linear-algebra/singular-matrix.ts";
export { triangularSolve } from "./linear-algebra/triangular-solve.ts";
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
export { FlowFileError, loadFlow, loadWeights, saveFlow, saveWeights } from "./serialize/flow-file.ts";
export { bijectionFrom, conditionerFrom } from "./serialize/registry.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  SafetensorsError,
  type StoredTensor,
} from "./serialize/safetensors.ts";
export { CheckpointError } from "./training/checkpoint.ts";
export { NonFiniteLossError } from "./training/fault.ts";
export {
  type CheckpointOptions,
  type FitHistory,
  type FitOptions,
  type FitProgress,
  fit,
  type HeldOutLoss,
  type Outcome,
  type Perturb,
} from "./training/fit.ts";
export { additive } from "./transformers/additive.ts";
export { affineTransformer } from "./transformers/affine.ts";
export type { Interval } from "./transformers/bins.ts";
export { piecewiseLinearTransformer } from "./transformers/piecewise-linear.ts";
export { type RationalQuadraticOptions, rationalQuadratic } from "./transformers/rational-quadratic.ts";
export { transformerFrom } from "./transformers/registry.ts";
export type { Transformed, Transformer } from "./transformers/transformer.ts";

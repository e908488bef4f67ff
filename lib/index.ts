export { type AutoregressiveOptions, autoregressive } from "./bijections/autoregressive/autoregressive.ts";
export type { Solver, SolverOptions } from "./bijections/autoregressive/solver.ts";
export type { Bijection, Computation, Inside, Mapped, Noise, Solution } from "./bijections/bijection.ts";
export { type Applied, type BijectionOptions, bijection } from "./bijections/building/builder.ts";
export type { EventShape } from "./bijections/building/event.ts";
export { type Increasing, solveIncreasing } from "./bijections/building/solve-increasing.ts";
export { chain } from "./bijections/composition/chain.ts";
export { invert } from "./bijections/composition/invert.ts";
export { reversible } from "./bijections/composition/reversible.ts";
export { type CouplingOptions, coupling } from "./bijections/coupling/coupling.ts";
export {
  alternatingMask,
  channelMask,
  checkerboardMask,
  halfMask,
  type Mask,
} from "./bijections/coupling/masks.ts";
export { type RevNetBlockOptions, revNetBlock } from "./bijections/coupling/rev-net-block.ts";
export { affine } from "./bijections/elementwise/affine.ts";
export { elementwise } from "./bijections/elementwise/elementwise.ts";
export { leakyRelu } from "./bijections/elementwise/leaky-relu.ts";
export { logitTransform } from "./bijections/elementwise/logit-transform.ts";
export { type MonotoneOptions, monotone } from "./bijections/elementwise/monotone.ts";
export { piecewiseLinear } from "./bijections/elementwise/piecewise-linear.ts";
export { rationalQuadraticSpline } from "./bijections/elementwise/rational-quadratic-spline.ts";
export { type RotationOptions, rotation } from "./bijections/elementwise/rotation.ts";
export { logit, sigmoid } from "./bijections/elementwise/sigmoid.ts";
export { softplus } from "./bijections/elementwise/softplus.ts";
export { tanh } from "./bijections/elementwise/tanh.ts";
export { type GlowStepOptions, glowStep } from "./bijections/image/glow-step.ts";
export { latentLevels, multiscale } from "./bijections/image/multiscale.ts";
export { type SplitOptions, split } from "./bijections/image/split.ts";
export { squeeze } from "./bijections/image/squeeze.ts";
export { diagonal } from "./bijections/linear/diagonal.ts";
export {
  type Invertible1x1Options,
  invertible1x1Convolution,
} from "./bijections/linear/invertible-1x1-convolution.ts";
export type { LinearOptions } from "./bijections/linear/linear.ts";
export { orthogonal, type ReflectionOptions } from "./bijections/linear/orthogonal.ts";
export {
  learnedPermutation,
  permutation,
  randomPermutation,
  reversePermutation,
} from "./bijections/linear/permutation.ts";
export { plu } from "./bijections/linear/plu.ts";
export { qr } from "./bijections/linear/qr.ts";
export { triangular } from "./bijections/linear/triangular.ts";
export { actNorm } from "./bijections/normalization/act-norm.ts";
export { type BatchNormOptions, batchNorm } from "./bijections/normalization/batch-norm.ts";
export { type StandardizeOptions, standardize } from "./bijections/normalization/standardize.ts";
export { whiten } from "./bijections/normalization/whiten.ts";
export type { LogDetMethod, TruncatedSeries } from "./bijections/residual/log-det/method.ts";
export { planar } from "./bijections/residual/planar.ts";
export { radial } from "./bijections/residual/radial.ts";
export { type ResidualOptions, residual } from "./bijections/residual/residual.ts";
export type { Activation } from "./conditioners/activation.ts";
export type { Conditioner } from "./conditioners/conditioner.ts";
export type { Contraction, Linearized, Scaled } from "./conditioners/contraction/contraction.ts";
export {
  type ContractiveConvNetOptions,
  contractiveConvNet,
} from "./conditioners/contraction/contractive-conv-net.ts";
export { type ContractiveMlpOptions, contractiveMlp } from "./conditioners/contraction/contractive-mlp.ts";
export { type ConvNetOptions, convNet } from "./conditioners/conv-net.ts";
export { type GatedConvNetOptions, gatedConvNet } from "./conditioners/gated-conv-net.ts";
export { type AutoregressiveConditioner, type MadeOptions, made } from "./conditioners/made.ts";
export { type MlpOptions, mlp } from "./conditioners/mlp.ts";
export type { NetworkOptions } from "./conditioners/network.ts";
export type { Order, OrderOption } from "./conditioners/order.ts";
export { type ResidualMlpOptions, residualMlp } from "./conditioners/residual-mlp.ts";
export { buildDistribution } from "./distributions/build.ts";
export type { Distribution } from "./distributions/distribution.ts";
export type { LocationScale } from "./distributions/location-scale.ts";
export { logistic } from "./distributions/logistic.ts";
export { mixture } from "./distributions/mixture.ts";
export { normal, standardNormal } from "./distributions/normal.ts";
export { type StudentTOptions, studentT } from "./distributions/student-t.ts";
export { uniform } from "./distributions/uniform.ts";
export { type VonMisesOptions, vonMises } from "./distributions/von-mises.ts";
export { type Compiled, type CompileInfo, type CompileOptions, compile } from "./engine/compile/compile.ts";
export { isRecording } from "./engine/compile/recording.ts";
export type { Backend } from "./engine/load.ts";
export { availableBackends, engine, tf, useBackend } from "./engine/tf.ts";
export { type Flow, flow, type LogProbOptions, type SampleOptions } from "./flows/flow.ts";
export { type GlowOptions, glow } from "./flows/glow.ts";
export { type IResNetOptions, iResNet } from "./flows/i-res-net.ts";
export { type IRevNetOptions, iRevNet } from "./flows/i-rev-net.ts";
export { iaf } from "./flows/iaf.ts";
export type { VectorFlowOptions } from "./flows/layers.ts";
export { type MafOptions, maf } from "./flows/maf.ts";
export { nice } from "./flows/nice.ts";
export { realNVP } from "./flows/real-nvp.ts";
export type { Sampled } from "./flows/sampled.ts";
export { type SplineCouplingOptions, splineCoupling } from "./flows/spline-coupling.ts";
export { NoInverseError, ShapeError } from "./ground/errors.ts";
export { normalCdf, normalDensity, normalQuantile } from "./ground/functions/normal-functions.ts";
export { digamma, logGamma, scaledBesselI } from "./ground/functions/special-functions.ts";
export { logAbsDet, matrixInverse } from "./linear-algebra/matrix-operations.ts";
export { SingularMatrixError } from "./linear-algebra/singular-matrix.ts";
export { triangularSolve } from "./linear-algebra/triangular-solve.ts";
export { type Random, random } from "./random/random.ts";
export {
  decodeFlow,
  FlowFileError,
  loadFlow,
  loadWeights,
  saveFlow,
  saveWeights,
} from "./serialize/flow-file.ts";
export { bijectionFrom, conditionerFrom } from "./serialize/registry.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  SafetensorsError,
  type StoredTensor,
} from "./serialize/safetensors.ts";
export { CheckpointError } from "./training/checkpoint/checkpoint.ts";
export {
  type DistillComparison,
  type DistillHistory,
  type DistillOptions,
  type DistillProgress,
  distill,
} from "./training/distillation/distill.ts";
export { type Estimate, estimateEntropy } from "./training/distillation/entropy.ts";
export {
  type FitToDensityHistory,
  type FitToDensityOptions,
  type FitToDensityProgress,
  fitToDensity,
  type LogDensity,
} from "./training/distillation/fit-to-density.ts";
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
export { NonFiniteLossError } from "./training/step/fault.ts";
export { additive } from "./transformers/additive.ts";
export { affineTransformer } from "./transformers/affine.ts";
export { mixtureLogisticCdf } from "./transformers/mixtures/mixture-logistic-cdf.ts";
export { mixtureNormalCdf } from "./transformers/mixtures/mixture-normal-cdf.ts";
export { nonlinearSquared } from "./transformers/nonlinear-squared.ts";
export { transformerFrom } from "./transformers/registry.ts";
export type { Interval } from "./transformers/splines/bins.ts";
export { cubicSpline } from "./transformers/splines/cubic-spline.ts";
export { piecewiseLinearTransformer } from "./transformers/splines/piecewise-linear.ts";
export { quadraticSpline } from "./transformers/splines/quadratic-spline.ts";
export {
  type RationalQuadraticOptions,
  rationalQuadratic,
} from "./transformers/splines/rational-quadratic.ts";
export type { Transformed, Transformer } from "./transformers/transformer.ts";

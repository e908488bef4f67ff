import {
  type Call,
  type Calls,
  call,
  numbers,
  type Operations,
  positive,
  variant,
  wave,
} from "./call.fixture.ts";

const probabilities = wave([2, 3], 1, 0.1, 0.9);
const logits = wave([2, 3], 1);
const labels = numbers([0, 1, 1, 1, 0, 0], [2, 3]);
const oneHot = numbers([0, 1, 0, 0, 0, 1], [2, 3]);

type Loss = (
  t: Operations,
  y: Operations,
  x: Operations,
  weights?: Operations,
  reduction?: number,
) => Operations;

/** Without weights, with one for each number and for each row, and by each way to sum up. */
function loss(run: Loss, x = probabilities, y = labels, weightShape = [2, 3]): Call[] {
  const weights = positive(weightShape, 3);
  const perRow = variant(
    "with a weight for each row",
    (t, a, b, w) => run(t, a, b, w),
    y,
    x,
    positive([2, 1], 3),
  );
  return [
    call((t, a, b) => run(t, a, b), y, x),
    variant("with a weight for each", (t, a, b, w) => run(t, a, b, w), y, x, weights),
    ...[0, 1, 2, 3].map((reduction) =>
      variant(`reduction ${reduction}`, (t, a, b, w) => run(t, a, b, w, reduction), y, x, weights),
    ),
    ...(weightShape.length > 1 ? [perRow] : []),
  ];
}

/** Losses, which are made of other operations. */
export const LOSSES: Calls = {
  "losses.absoluteDifference": loss((t, y, x, ...rest) => t.losses.absoluteDifference(y, x, ...rest)),
  "losses.computeWeightedLoss": [
    call((t, x, w) => t.losses.computeWeightedLoss(x, w), wave([2, 3], 1), positive([2, 3], 2)),
  ],
  "losses.cosineDistance": [
    call((t, a, b) => t.losses.cosineDistance(a, b, 1), wave([2, 3], 1), wave([2, 3], 2)),
  ],
  "losses.hingeLoss": loss((t, y, x, ...rest) => t.losses.hingeLoss(y, x, ...rest)),
  "losses.huberLoss": loss((t, y, x, w, how) => t.losses.huberLoss(y, x, w, 0.4, how)),
  "losses.logLoss": loss((t, y, x, w, how) => t.losses.logLoss(y, x, w, 1e-3, how)),
  "losses.meanSquaredError": loss((t, y, x, ...rest) => t.losses.meanSquaredError(y, x, ...rest)),
  "losses.sigmoidCrossEntropy": loss(
    (t, y, x, w, how) => t.losses.sigmoidCrossEntropy(y, x, w, 0.1, how),
    logits,
  ),
  "losses.softmaxCrossEntropy": loss(
    (t, y, x, w, how) => t.losses.softmaxCrossEntropy(y, x, w, 0.1, how),
    logits,
    oneHot,
    [2],
  ),
};

import { tf } from "../engine/tf.ts";
import { tidy } from "../engine/tidy.ts";
import type { Flow } from "../flows/flow.ts";
import type { Data } from "./data/data.ts";
import type { HeldOutLoss, Settings } from "./options.ts";
import { findFault } from "./step/fault.ts";
import type { FlowState } from "./step/states.ts";
import type { Trainer } from "./step/trainer.ts";

/** Parameters and state of a flow, as numbers. */
export interface Best {
  readonly parameters: Float32Array;
  readonly state?: Float32Array;
}

/** Watches the loss of held-out events, and remembers the best parameters. */
export interface Judge {
  /** Losses so far, after so many steps. */
  readonly losses: readonly HeldOutLoss[];
  /** Parameters of the lowest loss. */
  readonly best: Best | undefined;
  /** Whether it is time after so many steps. */
  due(step: number): boolean;
  evaluate(step: number, training: Trainer): void;
  /** Goes on from these losses and the parameters of the lowest one. */
  recall(losses: readonly HeldOutLoss[], best: Best | undefined): void;
  /** Whether the loss has not improved for as many evaluations as there is patience for. */
  isExhausted(): boolean;
  /**
   * At the end, gives the flow the best parameters, if that is wanted and there are any, or the last.
   *
   * @returns Steps after which the training had them, of so many.
   */
  settle(training: Trainer, steps: number): number;
}

const EVALUATIONS = 20;

/**
 * A judge of held-out events; without any, one that has nothing to say.
 *
 * @param warn Is told once of a held-out loss that is not finite, and where that comes from.
 */
export function judge(
  flow: Flow,
  held: Data | undefined,
  settings: Settings,
  warn: (warning: string) => void,
): Judge {
  const { steps, patience, validateEvery = Math.ceil(steps / EVALUATIONS), keep } = settings;
  const losses: HeldOutLoss[] = [];
  let lowest = -1;
  let doubted = false;
  let best: Best | undefined;
  const add = (evaluated: HeldOutLoss): boolean => {
    losses.push(evaluated);
    const better = lowest < 0 || rank(evaluated.loss) < rank(losses[lowest].loss);
    if (better) lowest = losses.length - 1;
    return better;
  };
  return {
    losses,
    get best() {
      return best;
    },
    due: (step) => held !== undefined && (step === steps || step % validateEvery === 0),
    evaluate(step, training) {
      if (!held) return;
      training.publish();
      const loss = meanLoss(flow, held);
      if (!Number.isFinite(loss) && !doubted) {
        doubted = true;
        const why =
          findFault(flow, held.events, held.context) ?? "the log-densities are too large to be added up";
        warn(`the loss of the held-out events is ${loss} after step ${step}: ${why}`);
      }
      if (add({ step, loss }) && Number.isFinite(loss)) best = numbersOf(training.state);
    },
    recall(earlier, bestOfThem) {
      for (const one of earlier) add(one);
      best = bestOfThem;
    },
    isExhausted: () => patience !== undefined && losses.length > 0 && losses.length - 1 - lowest >= patience,
    settle(training, done) {
      if (keep === "last" || !best) {
        training.publish();
        return done;
      }
      publishNumbers(training, best);
      return losses[lowest].step;
    },
  };
}

/** The worse, the larger: a loss that is not a number is as bad as any. */
function rank(loss: number): number {
  return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
}

function meanLoss(flow: Flow, { events, context }: Data): number {
  return tidy(() => -tf.mean(flow.logProb(events, context)).dataSync()[0]);
}

function numbersOf({ parameters, state }: FlowState): Best {
  const read = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
  return { parameters: read(parameters), ...(state && { state: read(state) }) };
}

function publishNumbers(training: Trainer, { parameters, state }: Best): void {
  tf.tidy(() => {
    training.publish({
      parameters: tf.tensor1d(parameters.slice()),
      ...(state && { state: tf.tensor1d(state.slice()) }),
    });
  });
}

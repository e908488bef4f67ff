import { tf } from "../../engine/tf.ts";
import type { TrainingState } from "./step.ts";

/** What of a training's state a flow has, too: the parameters and the bijection's state, a vector each. */
export type FlowState = Pick<TrainingState, "parameters" | "state">;

/** The states that a training goes through. Their tensors belong to it. */
export interface States {
  /** What the next step starts from. */
  readonly latest: TrainingState;
  /** A step has had a finite loss, and led to this state. */
  goOn(next: TrainingState): void;
  /** Back to what the last step with a finite loss has started from: nobody has seen a loss of what it led to. */
  goBack(): void;
  /** Goes on from another state. */
  restore(state: TrainingState): void;
  dispose(): void;
}

/** Begins with a state. */
export function statesFrom(start: TrainingState): States {
  let latest = start;
  let proven: FlowState | undefined;
  const goBack = () => {
    if (!proven) return;
    disposeFlowState(latest);
    latest = { ...latest, ...proven };
    proven = undefined;
  };
  const dispose = () => {
    goBack();
    disposeFlowState(latest);
    tf.dispose([latest.sum, latest.squareSum]);
  };
  return {
    get latest() {
      return latest;
    },
    goOn(next) {
      if (proven) disposeFlowState(proven);
      const { sum, squareSum, ...rest } = latest;
      tf.dispose([sum, squareSum]);
      [proven, latest] = [rest, next];
    },
    goBack,
    restore(state) {
      dispose();
      latest = state;
    },
    dispose,
  };
}

function disposeFlowState({ parameters, state }: FlowState): void {
  tf.dispose(state ? [parameters, state] : [parameters]);
}

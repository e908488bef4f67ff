import { tf } from "../engine/tf.ts";
import type { Flow } from "../flow.ts";
import { readVectors, stateFrom, type Vectors } from "./checkpoint.ts";
import type { Data } from "./data.ts";
import type { Settings } from "./options.ts";
import type { Trainer } from "./trainer.ts";

/** Watches the loss of held-out events, and remembers the best parameters. */
export interface Judge {
  /** Losses so far, after so many steps. */
  readonly losses: { readonly step: number; readonly loss: number }[];
  /** Parameters of the lowest loss, if they are to be restored. */
  best: Vectors | undefined;
  /** Whether it is time after so many steps. */
  due(step: number): boolean;
  evaluate(step: number, training: Trainer): void;
  /** Whether the loss has not improved for as many evaluations as there is patience for. */
  exhausted(): boolean;
  /** At the end: goes back to the best parameters, if that is wanted. */
  settle(training: Trainer): void;
}

const EVALUATIONS = 20;

/** A judge of held-out events; without any, one that has nothing to say. */
export function judge(flow: Flow, held: Data | undefined, settings: Settings): Judge {
  const { steps, patience, validateEvery = Math.ceil(steps / EVALUATIONS) } = settings;
  const losses: { step: number; loss: number }[] = [];
  const bestIndex = () =>
    losses.reduce((best, { loss }, i) => (best < 0 || loss < losses[best].loss ? i : best), -1);
  return {
    losses,
    best: undefined,
    due: (step) => held !== undefined && (step === steps || step % validateEvery === 0),
    evaluate(step, training) {
      if (!held) return;
      training.publish();
      losses.push({ step, loss: meanLoss(flow, held) });
      if (patience !== undefined && bestIndex() === losses.length - 1)
        this.best = readVectors(training.state);
    },
    exhausted: () =>
      patience !== undefined && losses.length - 1 - bestIndex() >= patience && losses.length > 0,
    settle(training) {
      if (this.best) training.restore(stateFrom(this.best));
    },
  };
}

function meanLoss(flow: Flow, { events, context }: Data): number {
  return tf.tidy(() => -tf.mean(flow.logProb(events, context)).dataSync()[0]) as unknown as number;
}

import type { Tensor } from "@tensorflow/tfjs";
import { tf } from "./tf.ts";

interface Scope {
  readonly track: readonly (Tensor & { kept: boolean })[];
}

interface State {
  readonly activeScope: Scope;
  readonly scopeStack: readonly Scope[];
}

/**
 * Frees every tensor that `run` makes, as `tf.tidy` does, also if it awaits something, throws or is interrupted.
 *
 * @param run What it returns may not hold tensors that are wanted later.
 * @param signal Aborted when `run` is interrupted: then it never comes to its end.
 */
export async function inScope<T>(run: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
  const engine = tf.engine();
  engine.startScope();
  const state = engine.state as unknown as State;
  const scope = state.activeScope;
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    // What was interrupted may have left scopes of its own, or this one may have been left behind with them (tape/nesting.ts).
    if (state.scopeStack.includes(scope)) {
      while (state.scopeStack.includes(scope)) engine.endScope();
    } else {
      for (const tensor of scope.track) if (!tensor.kept && !tensor.isDisposed) tensor.dispose();
    }
  };
  signal?.addEventListener("abort", end, { once: true });
  try {
    return await run();
  } finally {
    signal?.removeEventListener("abort", end);
    end();
  }
}

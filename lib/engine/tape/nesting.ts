/**
 * TensorFlow.js counts the gradients, kernels and tidies in which it is, and takes back each at its end. Code that is
 * terminated has no end: without this, every gradient after it would fail, and no tensor would be freed.
 */

interface Engine {
  state: {
    gradientDepth: number;
    kernelDepth: number;
    activeTape: unknown;
    numDataMovesStack: number[];
    scopeStack: unknown[];
    activeScope: unknown;
  };
}

/** All copies of TensorFlow.js share one; undefined until the first is loaded. */
const engine = () => (globalThis as { _tfengine?: Engine })._tfengine;

/** Scopes that are open on purpose, from one cell to the next. */
let kept = 0;

/** A cell begins. */
export function keepScopes(): void {
  kept = engine()?.state.scopeStack.length ?? 0;
}

/** Something has been terminated, and nothing of a gradient or a tidy, which await nothing, is on the stack. */
export function leaveNesting(): void {
  const state = engine()?.state;
  if (state === undefined) return;
  state.gradientDepth = 0;
  state.kernelDepth = 0;
  state.activeTape = null;
  state.numDataMovesStack = [];
  state.scopeStack.length = Math.min(state.scopeStack.length, kept);
  state.activeScope = state.scopeStack.at(-1) ?? null;
}

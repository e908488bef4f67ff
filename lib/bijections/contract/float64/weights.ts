/**
 * The numbers of a bijection, handed out in the order of its `variables` and `state`: each part of a reference takes
 * what is its own, so that parts are put together as the bijection is.
 */
export interface Weights {
  /** The next variable, flattened. */
  variable(): number[];
  /** The next of what is kept but not trained. */
  state(): number[];
}

export function weights(variables: readonly number[][], state: readonly number[][] = []): Weights {
  return { variable: handOut(variables, "variables"), state: handOut(state, "state") };
}

function handOut(values: readonly number[][], what: string): () => number[] {
  let next = 0;
  return () => {
    if (next < values.length) return values[next++];
    throw new RangeError(`the reference takes more ${what} than the ${values.length} that the bijection has`);
  };
}

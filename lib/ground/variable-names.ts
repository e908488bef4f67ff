import type { Variable } from "@tensorflow/tfjs";

const names = new WeakMap<Variable, string>();

/**
 * The variables in the order of their names, under which a saved flow has them: { weights, biases }.
 *
 * TensorFlow.js names variables itself, but by a name that no two of them may share.
 */
export function nameVariables(variables: Readonly<Record<string, Variable>>): Variable[] {
  return Object.entries(variables).map(([name, variable]) => {
    names.set(variable, name);
    return variable;
  });
}

/** What a variable is called by the part that it belongs to; undefined if that has not said it. */
export const nameOfVariable = (variable: Variable): string | undefined => names.get(variable);

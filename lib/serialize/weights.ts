import type { Bijection } from "../bijections/bijection.ts";
import { tf } from "../engine/tf.ts";
import type { Safetensors, StoredTensor } from "./safetensors.ts";

/** Whatever has variables and state: a flow, a bijection. */
export type Weighted = Pick<Bijection, "variables" | "state">;

const DTYPES: Readonly<Record<string, StoredTensor["dtype"]>> = {
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

/** The variables as variables.0, variables.1 …, and the state as state.0 …, in their fixed order. */
export function readWeights(model: Weighted): Safetensors["tensors"] {
  const stored = nameVariables(model).map(([name, variable]) => {
    const dtype = DTYPES[variable.dtype];
    const values = variable.dataSync() as Float32Array | Int32Array | Uint8Array;
    return [name, { dtype, shape: variable.shape, values }];
  });
  return Object.fromEntries(stored);
}

/**
 * Sets all variables and the state to stored numbers, or none if one does not fit.
 *
 * @throws RangeError if names, shapes or kinds of numbers are not those of the model; it names them.
 */
export function assignWeights(model: Weighted, tensors: Safetensors["tensors"]): void {
  const own = nameVariables(model);
  const differences = compare(own, tensors);
  if (differences.length > 0) {
    const more = differences.length > 3 ? ` and ${differences.length - 3} more` : "";
    throw new RangeError(`${differences.slice(0, 3).join("; ")}${more}`);
  }
  tf.tidy(() => {
    for (const [name, variable] of own) {
      variable.assign(tf.tensor(tensors[name].values, [...variable.shape], variable.dtype));
    }
  });
}

function compare(own: [string, tf.Variable][], tensors: Safetensors["tensors"]): string[] {
  const names = new Set(own.map(([name]) => name));
  const unknown = Object.keys(tensors).filter((name) => !names.has(name));
  const wrong = own.flatMap(([name, variable]) => {
    if (!Object.hasOwn(tensors, name)) return `${name} of shape [${variable.shape}] is missing`;
    const { dtype, shape } = tensors[name];
    const wanted = `${DTYPES[variable.dtype]} [${variable.shape}]`;
    const found = `${dtype} [${shape}]`;
    return wanted === found ? [] : `${name} is ${found} in the file and ${wanted} in the flow`;
  });
  return [...wrong, ...unknown.map((name) => `${name} of the file has no place in the flow`)];
}

function nameVariables({ variables, state = [] }: Weighted): [string, tf.Variable][] {
  return [
    ...variables.map((variable, i): [string, tf.Variable] => [`variables.${i}`, variable]),
    ...state.map((variable, i): [string, tf.Variable] => [`state.${i}`, variable]),
  ];
}

import type { Bijection } from "../bijections/bijection.ts";
import { tf } from "../engine/tf.ts";
import { nameOfVariable } from "../ground/variable-names.ts";
import type { Safetensors, StoredTensor } from "./safetensors.ts";

/** Whatever has variables and state: a flow, a bijection. */
export type Weighted = Pick<Bijection, "variables" | "state">;

const DTYPES: Readonly<Record<string, StoredTensor["dtype"]>> = {
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

/** The variables and the state by name, in their fixed order: see {@link placeNames}. */
export function readWeights(model: Weighted): Safetensors["tensors"] {
  const stored = placeNames(model).map(([name, variable]) => {
    const dtype = DTYPES[variable.dtype];
    const values = variable.dataSync() as Float32Array | Int32Array | Uint8Array;
    return [name, { dtype, shape: variable.shape, values }];
  });
  return Object.fromEntries(stored);
}

/**
 * Sets all variables and the state to stored numbers, or none if one does not fit.
 *
 * @param isMadeAlike Whether the model has been made of the architecture that is stored beside them: what parts are called may
 *   then differ.
 * @throws RangeError if names, shapes or kinds of numbers are not those of the model; it names them.
 */
export function assignWeights(model: Weighted, stored: Safetensors["tensors"], isMadeAlike = false): void {
  // Files of the first version have them by their order.
  const isOrdered = Object.keys(stored).every((name) => /^(variables|state)\.\d+$/.test(name));
  const own = isOrdered ? orderNames(model) : placeNames(model);
  const names = own.map(([name]) => name);
  const tensors = isMadeAlike ? callAlike(names, stored) : stored;
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

/**
 * The tensors by the names that the model has for them, if these differ only in what parts are called: a {@link glowStep} is made
 * again as the chain that it is.
 */
function callAlike(own: readonly string[], tensors: Safetensors["tensors"]): Safetensors["tensors"] {
  const names = Object.keys(tensors);
  if (own.every((name) => Object.hasOwn(tensors, name))) return tensors;
  const byPlace = new Map(names.map((name) => [placeOf(name), name]));
  const found = own.map((name) => byPlace.get(placeOf(name)));
  // Each place has to be one of its own.
  if (byPlace.size < names.length || new Set(found).size < own.length || found.includes(undefined))
    return tensors;
  return Object.fromEntries(own.map((name, i) => [name, tensors[found[i] as string]]));
}

/** "3.coupling.weights.0" without what the part is called: which part it is, and what it is of it. */
function placeOf(name: string): string {
  const [, place, own] = /^(.*?)([^.]+(?:\.\d+)?)$/.exec(name) as unknown as [string, string, string];
  return [...place.split(".").filter((one) => /^\d+$/.test(one)), own].join(".");
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

/**
 * Names by the place in the model: "3.coupling.weights.0" is the first of the weights of the part that `forward` applies
 * fourth, a coupling.
 *
 * A part without a name is a "bijection"; a variable without one has its kind and its number in the model.
 */
function placeNames(model: Weighted & { readonly bijection?: Bijection }): [string, tf.Variable][] {
  const places = new Map<tf.Variable, string>();
  const taken = new Set<string>();
  const visit = (part: Partial<Bijection>, prefix: string) => {
    part.parts?.forEach((inner, i) => void visit(inner, `${prefix}${i}.${plainName(inner)}.`));
    if (part.inside) visit(part.inside.bijection, `${prefix}${plainName(part.inside.bijection)}.`);
    const left = [...(part.variables ?? []), ...(part.state ?? [])].filter((one) => !places.has(one));
    const counts = Map.groupBy(left, (one) => nameOfVariable(one));
    for (const variable of left) {
      const name = nameOfVariable(variable);
      if (name === undefined) continue;
      const alike = counts.get(name) as tf.Variable[];
      const numbered = alike.length > 1 ? `${name}.${alike.indexOf(variable)}` : name;
      if (taken.has(prefix + numbered)) continue;
      taken.add(prefix + numbered);
      places.set(variable, prefix + numbered);
    }
  };
  visit(model.bijection ?? model, "");
  return orderNames(model).map(([ordered, variable]) => [places.get(variable) ?? ordered, variable]);
}

const plainName = ({ name = "bijection" }: Partial<Bijection>) => name.replace(/[^\p{L}\p{N}]+/gu, "-");

function orderNames({ variables, state = [] }: Weighted): [string, tf.Variable][] {
  return [
    ...variables.map((variable, i): [string, tf.Variable] => [`variables.${i}`, variable]),
    ...state.map((variable, i): [string, tf.Variable] => [`state.${i}`, variable]),
  ];
}

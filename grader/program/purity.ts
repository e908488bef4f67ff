/**
 * What may be computed anew where a constant is carried along: what gives the same value every time and leaves no trace.
 */

/** Of the language, by name. All else that a text uses and no cell declares is taken to have effects. */
const PURE_GLOBALS = new Set(
  `Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Error Float32Array Float64Array Infinity Int16Array
  Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise RangeError RegExp Set String Symbol SyntaxError TypeError
  Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet isFinite isNaN parseFloat parseInt structuredClone
  undefined arguments`.split(/\s+/),
);

/** Differ from run to run. */
const IMPURE_MEMBERS = new Set(["Math.random", "Intl.DateTimeFormat"]);

/**
 * Of flowlab: what turns numbers into numbers, and a generator, which its seed determines. Layers, flows and optimisers are made of
 * variables that training changes, so they are not in the list.
 */
const PURE_FLOWLAB = new Map(
  Object.entries({
    flowlab: `digamma logGamma logistic mixture normal normalCdf normalDensity normalQuantile random scaledBesselI
      standardNormal studentT uniform vonMises`,
    "flowlab/data": "toyDensities",
    "flowlab/figure": "linspace",
  }).map(([module, names]) => [module, new Set(names.split(/\s+/))]),
);

const PURE_TENSORS = new Set(
  `eye fill linspace ones onesLike range scalar tensor tensor1d tensor2d tensor3d tensor4d zeros zerosLike`.split(
    /\s+/,
  ),
);

/** Methods that change the object they are called on. */
export const CHANGING = new Set(
  `add assign clear copyWithin delete dispose fill pop push reverse set shift sort splice unshift write`.split(
    /\s+/,
  ),
);

/** @param members What is used of it: `random` for `Math.random`; "" where it is used as a whole. */
export function globalHazard(name: string, members: ReadonlySet<string>): string | undefined {
  if (!PURE_GLOBALS.has(name)) return name;
  const impure = [...members].find((member) => IMPURE_MEMBERS.has(`${name}.${member}`));
  return impure === undefined ? undefined : `${name}.${impure}`;
}

/** @param imported The name in the module; `*` for all of it. */
export function importHazard(
  from: string,
  imported: string,
  members: ReadonlySet<string>,
): string | undefined {
  const isTensorFlow = (from === "flowlab" && imported === "tf") || from.startsWith("@tensorflow/");
  if (isTensorFlow) {
    const impure = [...members].find((member) => !PURE_TENSORS.has(member));
    return impure === undefined ? undefined : `tf.${impure}`;
  }
  return PURE_FLOWLAB.get(from)?.has(imported) ? undefined : imported;
}

/**
 * The kinds of value that may cross between a check and a learner's code.
 *
 * A check only ever sees the *plain* form of a value (numbers, arrays, strings): what JSON can carry. The learner's code
 * sees the *real* form (a tensor, a function, an object with methods). Each kind says how the two correspond; nothing else
 * crosses. An exercise's signatures are built from these, and they type the `learner` handle that its checks are given.
 */

import type { Tensor } from "@tensorflow/tfjs";

export interface NumberKind {
  readonly kind: "number";
}
export interface BooleanKind {
  readonly kind: "boolean";
}
/** A string: a free-text answer, a name. */
export interface TextKind {
  readonly kind: "text";
}
/** number[] on both sides. */
export interface VectorKind {
  readonly kind: "vector";
}
/** number[][] with rows of one length, on both sides. */
export interface MatrixKind {
  readonly kind: "matrix";
}
/** A float32 tf.Tensor for the learner, an `NDArray` for the check. */
export interface TensorKind {
  readonly kind: "tensor";
  readonly rank: number;
}
/** A plain object with fixed fields, each of its own kind. */
export interface RecordKind<F extends Fields = Fields> {
  readonly kind: "record";
  readonly fields: F;
}
/** Argument only: a real function number → number, named here and built beside the learner's code (see maps.ts). */
export interface MapKind {
  readonly kind: "map";
}
/**
 * Argument only: v ↦ A v as a real function, for code that has to make do with products. It is built beside the learner's code of the
 * check's matrix, and gives as many products as the check says (see maps.ts).
 */
export interface LinearMapKind {
  readonly kind: "linear-map";
}
/** Return only: a figure, as its plotly.js data and layout. */
export interface FigureKind {
  readonly kind: "figure";
}
/** A list of mathematical expressions, each to be equal to the one before. */
export interface DerivationKind {
  readonly kind: "derivation";
}
/** Return only: an object with methods. It stays beside the learner's code; the check holds a handle. */
export interface ObjectKind<M extends Methods = Methods> {
  readonly kind: "object";
  readonly methods: M;
}
export interface Parameter<K extends Kind = Kind> {
  readonly name: string;
  readonly of: K;
}
export interface FunctionKind<A extends readonly Parameter[] = readonly Parameter[], R extends Kind = Kind> {
  readonly kind: "function";
  readonly parameters: A;
  readonly returns: R;
}

export type Kind =
  | NumberKind
  | BooleanKind
  | TextKind
  | VectorKind
  | MatrixKind
  | TensorKind
  | RecordKind
  | MapKind
  | LinearMapKind
  | FigureKind
  | DerivationKind
  | ObjectKind;
export type Fields = { readonly [name: string]: Kind };
export type Methods = { readonly [name: string]: FunctionKind };
/** What an exercise asks for. Always functions: a free-text answer is a function without arguments that returns a text. */
export type Signatures = Methods;

/** A tensor in plain form: row-major values. */
export interface NDArray {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
/** A map by name and parameters; `maps.ts` builds it. */
export interface MapRef {
  readonly map: string;
  readonly parameters: readonly number[];
  /** The maps that it is made of. */
  readonly of?: readonly MapRef[];
}
/** A linear map by its matrix, row by row, and the number of products that may be asked for. */
export interface LinearMapRef {
  readonly linearMap: readonly (readonly number[])[];
  readonly most: number;
}
/** A figure in plain form. */
export interface PlainFigure {
  readonly data: readonly { readonly [key: string]: unknown }[];
  readonly layout: { readonly [key: string]: unknown };
}

/** The form that a check sees. */
export type Plain<K> = K extends NumberKind
  ? number
  : K extends BooleanKind
    ? boolean
    : K extends TextKind
      ? string
      : K extends VectorKind
        ? number[]
        : K extends MatrixKind
          ? number[][]
          : K extends TensorKind
            ? NDArray
            : K extends RecordKind<infer F>
              ? { [N in keyof F]: Plain<F[N]> }
              : K extends MapKind
                ? MapRef
                : K extends LinearMapKind
                  ? LinearMapRef
                  : K extends FigureKind
                    ? PlainFigure
                    : K extends DerivationKind
                      ? string[]
                      : K extends ObjectKind<infer M>
                        ? Learner<M>
                        : never;

/** The form that the learner's code sees. */
export type Real<K> = K extends TensorKind
  ? Tensor
  : K extends RecordKind<infer F>
    ? { [N in keyof F]: Real<F[N]> }
    : K extends MapKind
      ? (x: number) => number
      : K extends LinearMapKind
        ? (v: number[]) => number[]
        : K extends FigureKind
          ? { readonly data: readonly object[]; readonly layout: object }
          : K extends ObjectKind<infer M>
            ? Implementation<M>
            : Plain<K>;

export type PlainArguments<A extends readonly Parameter[]> = {
  [I in keyof A]: A[I] extends Parameter<infer K> ? Plain<K> : never;
};
type RealArguments<A extends readonly Parameter[]> = {
  [I in keyof A]: A[I] extends Parameter<infer K> ? Real<K> : never;
};

/** What a check is given: every function of the exercise as an async function on plain values. */
export type Learner<S> = {
  readonly [N in keyof S]: S[N] extends FunctionKind<infer A, infer R>
    ? (...inputs: PlainArguments<A>) => Promise<Plain<R>>
    : never;
};

/** What a solution, a misconception or a learner's module has to provide. */
export type Implementation<S> = {
  readonly [N in keyof S]: S[N] extends FunctionKind<infer A, infer R>
    ? (...inputs: RealArguments<A>) => Real<R> | Promise<Real<R>>
    : never;
};

/** An implementation that gives what it returns at once, as do the methods of its objects. */
export type AtOnce<S> = {
  readonly [N in keyof S]: S[N] extends FunctionKind<infer A, infer R>
    ? (...inputs: RealArguments<A>) => R extends ObjectKind<infer M> ? AtOnce<M> : Real<R>
    : never;
};

/** An implementation that is waited for, as are the methods of its objects. */
export type InTime<S> = {
  readonly [N in keyof S]: S[N] extends FunctionKind<infer A, infer R>
    ? (...inputs: RealArguments<A>) => Promise<R extends ObjectKind<infer M> ? InTime<M> : Real<R>>
    : never;
};

export const number: NumberKind = { kind: "number" };
export const boolean: BooleanKind = { kind: "boolean" };
export const text: TextKind = { kind: "text" };
export const vector: VectorKind = { kind: "vector" };
export const matrix: MatrixKind = { kind: "matrix" };
export const map: MapKind = { kind: "map" };
export const linearMap: LinearMapKind = { kind: "linear-map" };
export const figure: FigureKind = { kind: "figure" };
export const derivation: DerivationKind = { kind: "derivation" };
export const tensor = (rank: number): TensorKind => ({ kind: "tensor", rank });
export const record = <const F extends Fields>(fields: F): RecordKind<F> => ({ kind: "record", fields });
export const object = <const M extends Methods>(methods: M): ObjectKind<M> => ({ kind: "object", methods });
export const parameter = <const K extends Kind>(name: string, of: K): Parameter<K> => ({ name, of });
export const fn = <const A extends readonly Parameter[], const R extends Kind>(
  parameters: A,
  returns: R,
): FunctionKind<A, R> => ({ kind: "function", parameters, returns });

/** The kind as a TypeScript type, for messages and for checking solutions against it. */
export function typeText(kind: Kind | FunctionKind): string {
  switch (kind.kind) {
    case "text":
      return "string";
    case "vector":
      return "number[]";
    case "matrix":
      return "number[][]";
    case "tensor":
      return "tf.Tensor";
    case "derivation":
      return "string[]";
    case "map":
      return "(x: number) => number";
    case "linear-map":
      return "(v: number[]) => number[]";
    case "figure":
      return "Figure";
    case "record":
      return `{ ${members(kind.fields)} }`;
    case "object":
      return `{ ${members(kind.methods)} }`;
    case "function":
      return `(${kind.parameters.map((p) => `${p.name}: ${typeText(p.of)}`).join(", ")}) => ${typeText(kind.returns)}`;
    default:
      return kind.kind;
  }
}

function members(kinds: { readonly [name: string]: Kind | FunctionKind }): string {
  return Object.entries(kinds)
    .map(([name, kind]) => `${name}: ${typeText(kind)}`)
    .join("; ");
}

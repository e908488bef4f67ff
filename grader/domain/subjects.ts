/**
 * What an exercise is asked about: its functions, and the methods of the objects that they return. A method is seen as one function of all
 * that its answer depends on: the arguments of the function that makes the object, and then its own.
 */

import type { Domains } from "../exercise.ts";
import type { FunctionKind, Parameter, Signatures } from "../harness/kinds.ts";
import type { Domain } from "./domain.ts";

export type AnyDomain = Domain<readonly unknown[]>;

export interface Subject {
  /** As it is said: `density`, `pluFlow(…).forward`. */
  readonly name: string;
  /** The function of the exercise. */
  readonly export: string;
  /** The method, if that function returns an object. */
  readonly method?: string;
  /** All methods of that object. */
  readonly methods: Signatures;
  readonly kind: FunctionKind;
  /** What the exercise declares of it. */
  readonly domain?: AnyDomain;
}

export function subjectsOf({
  signatures,
  domains = {},
}: {
  readonly signatures: Signatures;
  readonly domains?: Domains<Signatures>;
}): Subject[] {
  return Object.entries(signatures).flatMap(([name, kind]): Subject[] => {
    const declared = (domains as Record<string, AnyDomain | Record<string, AnyDomain>>)[name];
    if (kind.returns.kind !== "object")
      return [{ name, export: name, methods: {}, kind, ...(declared && { domain: declared as AnyDomain }) }];
    const { methods } = kind.returns;
    return Object.entries(methods).map(([method, of]) => {
      const domain = (declared as Record<string, AnyDomain> | undefined)?.[method];
      const parameters = [...kind.parameters, ...namedApart(kind.parameters, of.parameters)];
      return {
        name: `${name}(…).${method}`,
        export: name,
        method,
        methods,
        kind: { ...of, parameters },
        ...(domain && { domain }),
      };
    });
  });
}

/** Where both have a `d`, the method's is another one. */
function namedApart(before: readonly Parameter[], own: readonly Parameter[]): Parameter[] {
  const taken = new Set(before.map(({ name }) => name));
  return own.map(({ name, of }) => ({ name: taken.has(name) ? `the method's ${name}` : name, of }));
}

/** Methods whose answers depend on more than what the object was made of and what they are asked: on other calls, or on other objects. */

import type { FunctionKind } from "../../harness/kinds.ts";
import { type Alter, mapNumbers, type Nameless, type Subject } from "../mutant.ts";

export function ofObject({ method, methods, kind }: Subject): Nameless[] {
  if (method === undefined) return [];
  const own = methods[method];
  const given = kind.parameters.length - own.parameters.length;
  const others = Object.entries(methods).filter(([name]) => name !== method);
  return [
    ...ofOneObject(method, own),
    ...(given > 0 ? ofAnotherObject(given) : []),
    ...others.flatMap(([name, other]) => ofAnotherMethod(name, other, own, given)),
  ];
}

type Inputs = readonly unknown[];

const off = (right: unknown): unknown => mapNumbers(right, (v) => (Number.isFinite(v) ? 2 * v + 1 : 1));

const sure = (id: string, alter: () => Alter): Nameless => ({ id, sure: true, remembers: true, alter });

/** Kept in an object, or spoilt in it, as by a computation in place. */
function ofOneObject(method: string, { parameters }: FunctionKind): Nameless[] {
  const spoilt = sure(
    "another answer when an object is asked again",
    () =>
      (right, _inputs, _ask, { asked }) =>
        asked.has(method) ? off(right) : right,
  );
  if (parameters.length === 0) return [spoilt];
  const kept = sure("each object's first answer for ever", () => {
    const first = new WeakMap<object, unknown>();
    return (right, _inputs, _ask, { self }) => {
      if (!first.has(self)) first.set(self, right);
      return first.get(self);
    };
  });
  return [spoilt, kept];
}

/** What should be an object's own stands outside of it: the right answer of another one, as far as that is as large. */
function ofAnotherObject(given: number): Nameless[] {
  const as = (
    id: string,
    which: (of: readonly Inputs[], alike: (made: Inputs) => boolean) => Inputs | undefined,
  ) =>
    sure(id, () => (right, inputs, ask, { made }) => {
      const shape = shapeOf(inputs.slice(0, given));
      const other = which(made, (one) => shapeOf(one) === shape);
      return other ? ask([...other, ...inputs.slice(given)]) : right;
    });
  return [
    as("as if of the first object made", (made, alike) => made.find(alike)),
    as("as if of the object made last", (made, alike) => made.findLast(alike)),
  ];
}

/** The same for arguments whose lists are equally long. */
function shapeOf(value: unknown): string {
  if (!Array.isArray(value)) return "";
  return `[${typeof value[0] === "number" ? value.length : value.map(shapeOf).join()}]`;
}

/** What another method has left behind in the object. */
function ofAnotherMethod(name: string, other: FunctionKind, own: FunctionKind, given: number): Nameless[] {
  const kinds = ({ parameters }: FunctionKind) => parameters.map(({ of }) => of.kind).join();
  const after = (id: string, wrong: (wasAsked: boolean) => boolean) =>
    sure(
      id,
      () =>
        (right, _inputs, _ask, { asked }) =>
          wrong(asked.has(name)) ? off(right) : right,
    );
  return [
    after(`another answer once ${name} was asked`, (wasAsked) => wasAsked),
    after(`another answer until ${name} is asked`, (wasAsked) => !wasAsked),
    ...(own.parameters.length > 0 && kinds(own) === kinds(other)
      ? [
          sure(
            `at the point that ${name} was asked about last`,
            () =>
              (_right, inputs, ask, { asked }) =>
                ask([...inputs.slice(0, given), ...(asked.get(name) ?? inputs.slice(given))]),
          ),
        ]
      : []),
  ];
}

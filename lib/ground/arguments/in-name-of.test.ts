import { expect, test } from "vitest";
import { ShapeError } from "../errors.ts";
import { inNameOf } from "./in-name-of.ts";

const refuse = (message: string) => () => {
  throw new ShapeError(message);
};

test("an error says the called function's name first, in its message and its stack, and is what it was", () => {
  const call = () => inNameOf("maf", refuse("made: expected $& of hidden; got 0"));
  expect(call).toThrow(ShapeError);
  try {
    call();
  } catch (error) {
    expect((error as Error).message).toBe("maf, made: expected $& of hidden; got 0");
    expect((error as Error).stack).toContain("maf, made: expected $& of hidden; got 0");
  }
});

test("one that says it already, and what is no error, stay as they are", () => {
  expect(() => inNameOf("maf", refuse("maf: expected more"))).toThrow(/^maf: expected more$/);
  expect(() => inNameOf("maf", refuse("mafia: expected more"))).toThrow(/^maf, mafia: expected more$/);
  expect(inNameOf("maf", () => 7)).toBe(7);
  const whole = () => {
    throw 7;
  };
  try {
    inNameOf("maf", whole);
    expect.unreachable();
  } catch (error) {
    expect(error).toBe(7);
  }
});

import { describe, expect, test } from "vitest";
import { number, parameter, vector } from "../../harness/kinds.ts";
import { type AnyDomain, NO_PAST } from "../mutant.ts";
import { ofSpecialValues } from "./of-special-values.ts";

const regions = {
  several: { draw: () => [[-2, 0.5, 3], 0.5] as never },
  one: { draw: () => [[-2], 3] as never },
};
const domain = (open?: (d: readonly number[], scale: number) => boolean): AnyDomain =>
  ({ regions, allows: () => 1e-9, float32: false, ...(open && { open }) }) as unknown as AnyDomain;
const parameters = [parameter("d", vector), parameter("scale", number)];
const ids = (open?: (d: readonly number[], scale: number) => boolean) =>
  ofSpecialValues(parameters, domain(open)).map(({ id }) => id);

describe("wrong answers at special values of a list", () => {
  test("are made of each of them", () => {
    expect(ids()).toEqual(
      expect.arrayContaining([
        "another answer where d has 0",
        "another answer where d begins with 0",
        "another answer where d ends with 0",
        "another answer where d is nothing but 0",
        "d without what is 0",
        "another answer where d has 1",
      ]),
    );
  });

  test("are not where the statement asks nothing: where d has 0, nobody can be wrong", () => {
    const found = ids((d) => d.includes(0));
    expect(found.filter((id) => /\b0$/.test(id))).toEqual([]);
    expect(found).toContain("another answer where d has 1");
    expect(found.some((id) => id.startsWith("equal entries"))).toBe(true);
  });

  test("change also an answer that is infinite", () => {
    const [first] = ofSpecialValues(parameters, domain());
    const altered = first.alter()(Number.NEGATIVE_INFINITY, [[1, 0], 1], (() => undefined) as never, NO_PAST);
    expect(altered).not.toBe(Number.NEGATIVE_INFINITY);
  });
});

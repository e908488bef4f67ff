import { expect, test } from "vitest";
import { ShapeError } from "../../ground/errors.ts";
import { latentLevels } from "./multiscale.ts";

test("latent levels that an image does not have are refused", () => {
  expect(latentLevels([4, 4, 1], 2).shape).toEqual([4, 4, 1]);
  expect(() => latentLevels([4, 4, 1], 3)).toThrow(ShapeError);
  expect(() => latentLevels([4, 4, 1], 3)).toThrow(/divisible by 8 for 3 levels; got 4×4/);
  expect(() => latentLevels([8, 4, 1], 3)).toThrow(/got 8×4/);
  expect(() => latentLevels([4, 8, 1], 3)).toThrow(/got 4×8/);
  for (const levels of [0, -1, 1.5]) {
    expect(() => latentLevels([4, 4, 1], levels)).toThrow(
      `levels, height, width and channels ≥ 1, whole numbers; got ${levels}`,
    );
  }
  expect(() => latentLevels([4, 4, 0], 1)).toThrow(RangeError);
});

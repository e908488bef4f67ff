import { expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import type { Config } from "../../ground/config.ts";
import { bijectionFrom } from "../../serialize/registry.ts";
import type { Bijection } from "../bijection.ts";
import { isMissing } from "./accuracy.ts";
import { DIRECTIONS } from "./case.ts";
import { apply, type Subject } from "./subject.ts";

/** The config is enough to make another one, to which the variables can be copied. */
export function testConfig(current: () => Subject): void {
  test("its config as JSON makes the same map, once the variables are copied", () => {
    const s = current();
    if (s.case.withoutConfig) return expect(s.bijection.config).toBeUndefined();
    const config = JSON.parse(JSON.stringify(s.bijection.config)) as Config;
    const again = bijectionFrom(config);
    expect(again.config).toEqual(s.bijection.config);
    copyVariables(s.bijection, again);
    for (const direction of DIRECTIONS) {
      if (isMissing(s, direction)) continue;
      const [first, second] = [s.bijection, again].map((bijection) => {
        const { value, logDet } = apply({ ...s, bijection }, direction);
        return [value, logDet].map((tensor) => Array.from(tensor.dataSync()));
      });
      expect(second, direction).toEqual(first);
    }
  });
}

function copyVariables(from: Bijection, to: Bijection): void {
  for (const kind of ["variables", "state"] as const) {
    const [source, target] = [from[kind] ?? [], to[kind] ?? []];
    expect(
      target.map((variable) => variable.shape),
      `shapes of ${kind}`,
    ).toEqual(source.map((variable) => variable.shape));
    target.forEach((variable, i) => {
      tf.tidy(() => (variable as tf.Variable).assign(tf.clone(source[i])));
    });
  }
}

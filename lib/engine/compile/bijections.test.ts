import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CASES } from "../../bijections/contract/families.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { flow } from "../../flows/flow.ts";
import { compiledStep, eagerStep } from "../../training/step/step.ts";
import { trainer } from "../../training/step/trainer.ts";
import { needingBackend } from "../backends.fixture.ts";
import { engine, tf, useBackend } from "../tf.ts";
import { compile } from "./compile.ts";
import { expectSameNumbers } from "./same-numbers.fixture.ts";

const onTensorflow = needingBackend("tensorflow");

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()));

onTensorflow.describe("compiled equals eager", () => {
  beforeEach(() => {
    useBackend("tensorflow");
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  describe.each(CASES)("%s", (_name, { create, event = [], z, context: width }) => {
    const context = () => width && tf.fill([z.length, width], 0.3);
    const points = () => tf.tensor(z.flat(), [z.length, ...event]);

    test.each(["forward", "inverse"] as const)("%s", (direction) => {
      const bijection = create();
      const input =
        direction === "forward" ? points() : bijection.forward(points(), context() || undefined).value;
      const map = (x: tf.Tensor, context?: tf.Tensor) => {
        const { value, logDet } = bijection[direction](x, context);
        return [value, logDet];
      };
      const compiled = compile(map);
      const expected = attempt(() => numbers(map(input, context() || undefined)));
      for (let i = 0; i < 2; i++) {
        expectSameNumbers(
          attempt(() => numbers(compiled(input, context() || undefined))),
          expected,
        );
      }
      const kind = direction === "forward" ? (bijection.forwardKind ?? "analytic") : bijection.inverseKind;
      if (kind === "analytic") expect(compiled.info()).toMatchObject({ mode: "graph" });
      compiled.dispose();
    });

    test("three steps of a training", () => {
      const losses = [true, false].map((compiled) => {
        const bijection = create();
        if (bijection.variables.length === 0 || bijection.inverseKind === "none") return [[]];
        const events = bijection.forward(points(), context() || undefined).value;
        // A flow's base has the shape of its data.
        if (String(events.shape) !== String(points().shape)) return [[]];
        const data = { events, ...(width && { context: tf.fill([z.length, width], 0.3) }) };
        const model = flow(standardNormal(event), bijection);
        const step = compiledStep(model);
        const training = trainer(model, data, compiled ? step : eagerStep(model, ""), 0);
        const settings = { learningRate: 0.01, weightDecay: 0.1, clipNorm: 10 };
        const rows = z.map((_, i) => i);
        const result = [1, 2, 3].map((number) => training.step(rows, { ...settings, number }));
        if (compiled && bijection.inverseKind === "analytic") {
          expect(step.info()).toMatchObject({ mode: "graph" });
        }
        // Adam divides a gradient by its size: of one that is rounding error, XLA may turn the sign.
        return [result, engine.xla ? [] : [...training.state.parameters.dataSync()]];
      });
      expectSameNumbers(losses[0], losses[1]);
    });
  });
});

function attempt<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    return (error as Error).name;
  }
}

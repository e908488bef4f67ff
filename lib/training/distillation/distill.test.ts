import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scatter } from "../../bijections/contract/case.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { logistic } from "../../distributions/logistic.ts";
import { mixture } from "../../distributions/mixture.ts";
import { normal, standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { engine, tf } from "../../engine/tf.ts";
import { type Flow, flow } from "../../flows/flow.ts";
import { iaf } from "../../flows/iaf.ts";
import { maf } from "../../flows/maf.ts";
import { NoInverseError } from "../../ground/errors.ts";
import { distill } from "./distill.ts";
import { estimateEntropy } from "./entropy.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const SIZE = { dimensions: 2, layers: 2, hidden: [8], activation: "tanh" } as const;
const planeStudent = (seed = 21, deviation = 0.3) =>
  flow(logistic({ eventShape: [2] }), scatter(iaf(SIZE), deviation, seed));
const planeTeacher = () => flow(standardNormal([2]), scatter(maf(SIZE), 0.3, 4));

/** ∫∫ g(log q, log p) over the plane, by midpoints of squares of a tenth: both densities are smooth on that scale. */
function integrate(q: Flow, p: Flow, g: (logQ: number, logP: number) => number): number {
  const [half, width] = [40, 0.1];
  const places = Array.from({ length: (2 * half) / width }, (_, i) => -half + (i + 0.5) * width);
  const points = tf.tensor2d(
    places.flatMap((x) => places.flatMap((y) => [x, y])),
    [places.length ** 2, 2],
  );
  const [logQ, logP] = [q, p].map((one) => Array.from(one.logProb(points).dataSync()));
  return logQ.reduce((sum, own, i) => sum + g(own, logP[i]) * width ** 2, 0);
}

const divergenceOf = (q: Flow, p: Flow) =>
  integrate(q, p, (logQ, logP) => (Math.exp(logQ) === 0 ? 0 : Math.exp(logQ) * (logQ - logP)));

describe("the entropy of a flow", () => {
  test("is ln s + 2 of a number that is scaled by s on a logistic base, without any chance", () => {
    const one = flow(logistic(), affine({ scale: 3, shift: 5 }));
    const { value, error } = estimateEntropy(one, 10, 1);
    expect(value).toBeCloseTo(Math.log(3) + 2, 6);
    expect(error).toBe(0);
  });

  test("of an inverse autoregressive flow is that by quadrature and that of the densities of its draws", () => {
    const student = planeStudent();
    const { value, error } = estimateEntropy(student, 20_000, 2);
    const byQuadrature = integrate(student, student, (logQ) =>
      Math.exp(logQ) === 0 ? 0 : -Math.exp(logQ) * logQ,
    );
    // What is outside of the square has a mass of 4·exp(−40/8), with scales of about e at most: below 1e-6.
    expect(Math.abs(value - byQuadrature)).toBeLessThan(4 * error + 1e-4);
    const surprise = tf.neg(student.sampleWithLogProb(20_000, 3).logProb);
    const { mean, variance } = tf.moments(surprise);
    const [found, spread] = [mean, variance].map((one) => one.dataSync()[0]);
    expect(Math.abs(found - byQuadrature)).toBeLessThan(4 * Math.sqrt(spread / 20_000) + 1e-4);
    // The base's part has no error: the closed form is the better estimate.
    expect(error).toBeLessThan(Math.sqrt(spread / 20_000));
  });

  test("needs a base whose own is known", () => {
    const two = flow(mixture([normal(), normal({ mean: 3 })]), affine());
    expect(() => estimateEntropy(two, 10, 1)).toThrow(/closed form.*got mixture/);
    expect(() => estimateEntropy(flow(normal(), affine()), 1, 1)).toThrow(/2 draws at least; got 1/);
  });
});

describe("distillation", () => {
  test("estimates the divergence that quadrature finds, and makes it small", async () => {
    const [teacher, student] = [planeTeacher(), planeStudent()];
    const before = divergenceOf(student, teacher);
    const once = { steps: 1, batchSize: 20_000, learningRate: 1e-9 };
    const [first] = (await distill(teacher, student, once)).divergence;
    const { value, logProb } = student.sampleWithLogProb(20_000, 9);
    const excess = tf.moments(tf.sub(logProb, teacher.logProb(value)));
    const error = Math.sqrt(excess.variance.dataSync()[0] / 20_000);
    expect(Math.abs(first - before)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.05 * before);
    const kept = teacher.variables.map((variable) => Array.from(variable.dataSync()));
    const { divergence, outcome } = await distill(teacher, student, {
      steps: 400,
      learningRate: 0.01,
      batchSize: 128,
    });
    expect([divergence.length, outcome]).toEqual([400, "finished"]);
    const after = divergenceOf(student, teacher);
    // A logistic base has heavier tails than the teacher; 0.02 is reached.
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(0.05);
    expect(before).toBeGreaterThan(10 * after);
    expect(teacher.variables.map((variable) => Array.from(variable.dataSync()))).toEqual(kept);
  });

  test("finds a teacher that the student can be, whatever it begins as", async () => {
    const teacher = flow(logistic(), affine({ scale: 0.4, shift: -2 }));
    const student = flow(logistic(), affine({ scale: 1.5, shift: 1 }));
    await distill(teacher, student, { steps: 300, learningRate: 0.05, batchSize: 64 });
    const numbers = student.variables.map((variable) => variable.dataSync()[0]);
    const expected = teacher.variables.map((variable) => variable.dataSync()[0]);
    numbers.forEach((v, i) => void expect(Math.abs(v - expected[i])).toBeLessThan(0.02));
  });

  test("keeps the student as wide as its teacher: without its own entropy it would collapse", async () => {
    // KL of N(0, s²) from N(0, 1) is s²/2 − ½ − ln s, with the slope s − 1/s; without the entropy it would be s alone.
    const student = flow(standardNormal(), affine({ scale: 0.5 }));
    const divergence = (
      await distill(flow(standardNormal(), affine()), student, { steps: 200, learningRate: 0.02 })
    ).divergence;
    const scale = Math.abs(
      Number(tf.tidy(() => student.bijection.forward(tf.scalar(1)).value.dataSync()[0])),
    );
    expect(Math.abs(scale - 1)).toBeLessThan(0.02);
    expect(Math.abs(divergence[0] - (0.125 - 0.5 + Math.LN2))).toBeLessThan(0.05);
  });

  test("gives the same numbers as a graph and operation by operation, and leaves nothing behind", async () => {
    const run = async (compile: boolean) => {
      const student = planeStudent(21, 0.2);
      const { divergence, compiled } = await distill(planeTeacher(), student, {
        steps: 5,
        batchSize: 16,
        compile,
      });
      return {
        divergence,
        mode: compiled.mode,
        numbers: student.variables.map((one) => Array.from(one.dataSync())),
      };
    };
    const [graph, eager] = [await run(true), await run(false)];
    expect(graph.divergence).toEqual(eager.divergence);
    expect(graph.numbers).toEqual(eager.numbers);
    expect([graph.mode, eager.mode]).toEqual([engine.backend === "tensorflow" ? "graph" : "eager", "eager"]);
    const [teacher, student] = [planeTeacher(), planeStudent()];
    const before = tf.memory().numTensors;
    await distill(teacher, student, { steps: 20, batchSize: 16 });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("reports, and ends where its signal is aborted", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const { divergence, outcome } = await distill(planeTeacher(), planeStudent(), {
      ...{ steps: 1000, batchSize: 8, signal: controller.signal },
      onProgress: ({ step, steps, divergence: last, seconds }) => {
        seen.push(step);
        expect([steps, Number.isFinite(last), seconds >= 0]).toEqual([1000, true, true]);
        controller.abort();
      },
    });
    expect([seen, divergence.length, outcome]).toEqual([[1], 1, "aborted"]);
  });

  test("where the teacher has no density, the error says so, and the student stays as it was", async () => {
    const student = flow(standardNormal(), affine({ scale: 2 }));
    const before = student.variables.map((one) => one.dataSync()[0]);
    await expect(distill(flow(uniform(0, 1), affine()), student, { steps: 5 })).rejects.toThrow(
      /the divergence was Infinity at step 1: the teacher's log-density/,
    );
    expect(student.variables.map((one) => one.dataSync()[0])).toEqual(before);
  });

  test("refuses what makes no sense", async () => {
    const [teacher, student] = [planeTeacher(), planeStudent()];
    await expect(distill(flow(normal(), affine()), student)).rejects.toThrow(
      /teacher's shape, \[\].*draws \[2\]/,
    );
    await expect(distill(teacher, student, { steps: 0 })).rejects.toThrow(
      /distill: expected steps ≥ 1.*got 0/,
    );
    await expect(distill(teacher, student, { step: 3 } as never)).rejects.toThrow(/distill.*step/);
    const still = flow(standardNormal([2]), affine({ scale: [1, 1] }));
    const bare = { ...still, variables: [] };
    await expect(distill(teacher, bare)).rejects.toThrow(/nothing to train/);
  });

  describe("at the end compares the student with its teacher", () => {
    const scaled = (scale: number, shift: number) => flow(standardNormal(), affine({ scale, shift }));
    const still = { steps: 1, learningRate: 1e-9, onWarning: () => {} };

    test("by both divergences and both entropies, as closed forms have them", async () => {
      const [p, q] = [
        { scale: 1, shift: 0 },
        { scale: 0.5, shift: 1 },
      ];
      const { comparison } = await distill(scaled(p.scale, p.shift), scaled(q.scale, q.shift), {
        ...still,
        draws: 4000,
      });
      // KL(N(a, s²) ‖ N(b, t²)) = ln(t/s) + (s² + (a − b)²)/(2t²) − 1/2.
      const divergence = (one: typeof p, other: typeof p) =>
        Math.log(other.scale / one.scale) +
        (one.scale ** 2 + (one.shift - other.shift) ** 2) / (2 * other.scale ** 2) -
        0.5;
      const entropy = ({ scale }: typeof p) => Math.log(scale) + 0.5 * Math.log(2 * Math.PI * Math.E);
      for (const [found, exact] of [
        [comparison?.divergence, divergence(q, p)],
        [comparison?.missed, divergence(p, q)],
        [comparison?.entropy, entropy(q)],
        [comparison?.teacherEntropy, entropy(p)],
      ] as const) {
        expect(Math.abs((found?.value ?? Number.NaN) - exact)).toBeLessThan(4 * (found?.error ?? 0));
        expect(found?.error).toBeLessThan(0.1);
      }
    });

    test("and warns of one that leaves out half of what the teacher draws, and of none that does not", async () => {
      const two = mixture([normal({ mean: -4, scale: 1 }), normal({ mean: 4, scale: 1 })]);
      const heard: string[] = [];
      const onWarning = (warning: string) => void heard.push(warning);
      const half = { steps: 200, learningRate: 0.02, onWarning };
      const { warnings, comparison } = await distill(flow(two, affine()), scaled(1, 3), half);
      // Of one half it has all, ln 2 of the divergence; of the other nothing: KL is (8²/2)/2 − ln 2 = 15.
      expect(comparison?.divergence.value).toBeCloseTo(Math.log(2), 1);
      expect(comparison?.missed?.value).toBeGreaterThan(10);
      expect(warnings).toEqual(heard);
      expect(heard).toEqual([
        expect.stringMatching(
          /^the student leaves out much of what the teacher draws: .*fit on draws of the teacher/,
        ),
      ]);
      expect((await distill(scaled(1, 0), scaled(1.1, 0.1), { ...half, steps: 20 })).warnings).toEqual([]);
    });

    test("where it may: not without draws, nor after an abort, and of a student without densities in part", async () => {
      const [teacher, student] = [scaled(1, 0), scaled(2, 0)];
      expect((await distill(teacher, student, { ...still, draws: 0 })).comparison).toBeUndefined();
      expect(
        (await distill(teacher, student, { ...still, signal: AbortSignal.abort() })).comparison,
      ).toBeUndefined();
      const inverse = () => {
        throw new NoInverseError("none");
      };
      const blind = flow(standardNormal(), { ...affine({ scale: 2 }), inverse });
      const { comparison } = await distill(teacher, blind, still);
      expect(comparison).toHaveProperty("teacherEntropy");
      expect(comparison).not.toHaveProperty("missed");
      await expect(distill(teacher, student, { draws: 1 })).rejects.toThrow(
        /distill: expected draws, .*got 1/,
      );
    });
  });
});

// npx node bench/autoregressive.ts [steps] [hidden]: how long a trained MAF of 64 dimensions takes to draw one number after
// the other, by Jacobi's iteration, and how long an IAF that was distilled from it, in turns; with the residual
// ‖f⁻¹(x) − z‖ of the whole flow for the first two, and the student's divergence from its teacher for the last.
import { distill, type Flow, fit, flow, iaf, logistic, maf, random, standardNormal, tf } from "flowlab";
import { median } from "./result.ts";

const [steps = 1000, hidden = 64] = process.argv.slice(2).map(Number);
const [DIMENSIONS, LAYERS, ROUNDS, SEED] = [64, 5, 7, 5];
/** Of each layer, so that the whole flow is within 1e-5. */
const TOLERANCE = 2e-6;

/** Series in which each number depends on the two before it, and its noise on the last. */
function series(count: number): tf.Tensor {
  const noise = random(1).normal(count * DIMENSIONS);
  const x = new Float32Array(count * DIMENSIONS);
  for (let i = 0; i < x.length; i++) {
    const place = i % DIMENSIONS;
    const [last, before] = [place > 0 ? x[i - 1] : 0, place > 1 ? x[i - 2] : 0];
    const deviation = 0.25 + 0.5 / (1 + Math.exp(-2 * last));
    x[i] = 0.6 * last + 0.4 * Math.sin(2 * before) + deviation * noise[i];
  }
  return tf.tensor(x, [count, DIMENSIONS]);
}

const options = { dimensions: DIMENSIONS, layers: LAYERS, hidden: [hidden, hidden] };
const base = standardNormal([DIMENSIONS]);
const sequential = flow(base, maf(options));
const trained = await fit(sequential, series(10_000), { steps, onWarning: () => {} });
const jacobi = flow(base, maf({ ...options, solver: "jacobi", tolerance: TOLERANCE }));
jacobi.variables.forEach((variable, i) => void variable.assign(sequential.variables[i]));
console.log(
  `trained ${steps} steps: ${trained.loss[0].toFixed(2)} → ${trained.loss.at(-1)?.toFixed(2)} nats`,
);
const student = flow(logistic({ eventShape: [DIMENSIONS] }), iaf(options));
const { divergence } = await distill(sequential, student, { steps: 2 * steps, learningRate: 2e-3 });
const last = divergence.slice(-50);
const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
console.log(
  `distilled ${2 * steps} steps: ${(divergence[0] / DIMENSIONS).toFixed(3)} → ${(mean / DIMENSIONS).toFixed(3)} nats per number`,
);

/** Largest difference of a number of f⁻¹(x) from the z that it was drawn from. */
const residualOf = ({ bijection }: Flow, x: tf.Tensor, count: number) =>
  tf.tidy(
    () => tf.max(tf.abs(tf.sub(bijection.inverse(x).value, base.sample(count, random(SEED))))).dataSync()[0],
  );

const table = [1, 100, 1000].map((count) => {
  const times: Record<string, number[]> = { sequential: [], jacobi: [], student: [] };
  const draw = (model: Flow) => model.sampleWithLogProb(count, SEED);
  const measure = (name: string, model: Flow) => {
    const before = process.cpuUsage();
    const { value, logProb } = draw(model);
    value.dataSync();
    const { user, system } = process.cpuUsage(before);
    times[name].push((user + system) / 1000);
    tf.dispose([value, logProb]);
  };
  for (const model of [sequential, jacobi, student]) {
    // The seventeenth call is recorded.
    for (let call = 0; call < 18; call++) {
      const { value, logProb } = draw(model);
      tf.dispose([value, logProb]);
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    measure("sequential", sequential);
    measure("jacobi", jacobi);
    measure("student", student);
  }
  const ratio = (name: string) =>
    median(times.sequential.map((time, round) => time / times[name][round])).toFixed(1);
  const { value, solution } = draw(jacobi);
  const exact = draw(sequential).value;
  return {
    samples: count,
    "sequential, ms of CPU": median(times.sequential).toFixed(2),
    "jacobi, ms of CPU": median(times.jacobi).toFixed(2),
    "times as fast": ratio("jacobi"),
    "passes of the slowest layer": solution?.iterations,
    residual: residualOf(jacobi, value, count).toExponential(1),
    "student, ms of CPU": median(times.student).toFixed(2),
    "times as fast as sequential": ratio("student"),
    "residual of sequential": residualOf(sequential, exact, count).toExponential(1),
  };
});
console.table(table);

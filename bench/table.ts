import { type EngineResult, median, type ReportLine } from "./result.ts";
import { densityOf, type Measure, type Workload } from "./workloads.ts";

const headings: Record<Exclude<Measure, "quality">, string> = {
  train: "Training step, ms",
  logProb: "log-densities, ms",
  sample: "samples, ms",
};

/**
 * All tables of a comparison as Markdown: medians of the rounds' medians, and in brackets how many times as long as the
 * first engine it took, which is the median over the rounds of the ratio in each.
 */
export function tables(workloads: readonly Workload[], results: readonly EngineResult[]): string {
  const speed = workloads.filter(({ group }) => group === "speed");
  const scaling = workloads.filter(({ group }) => group === "scaling");
  const quality = workloads.filter(({ group }) => group === "quality");
  const timings = (Object.keys(headings) as (keyof typeof headings)[]).flatMap((measure) =>
    timingTable(headings[measure], measure, speed, results),
  );
  const parts = [
    about(results),
    ...timings,
    ...timingTable("Scaling: training step, ms", "train", scaling, results),
    ...firstSteps(speed, results),
    ...agreement(speed, results),
    ...qualityTable(quality, results),
    ...failures(results),
  ];
  return `${parts.join("\n\n")}\n`;
}

function about(results: readonly EngineResult[]): string {
  const rows = results.map(({ engine, lines, skipped }) => {
    const line = lines.find(({ measure }) => measure === "about");
    return [engine, line?.version ?? "–", line?.threads ?? "–", skipped ?? ""];
  });
  return markdown(["engine", "version", "threads", "skipped because"], rows);
}

const linesOf = ({ lines }: EngineResult, workload: Workload, measure: Measure): readonly ReportLine[] =>
  lines.filter((line) => line.workload === workload.name && line.measure === measure);

/** The line of the first steps. */
const firstOf = (result: EngineResult, workload: Workload): ReportLine | undefined =>
  linesOf(result, workload, "train").find(({ firstMs }) => firstMs !== undefined);

/** The median of each round. */
const roundsOf = (result: EngineResult, workload: Workload, measure: Measure): readonly number[] =>
  linesOf(result, workload, measure).flatMap(({ ms }) => (ms === undefined ? [] : [median(ms)]));

function timingTable(
  title: string,
  measure: Measure,
  workloads: readonly Workload[],
  results: readonly EngineResult[],
): string[] {
  if (!workloads.some((workload) => workload.measures.includes(measure))) return [];
  const rows = workloads.map((workload) => {
    const times = results.map((result) => roundsOf(result, workload, measure));
    const size = measure === "train" ? workload.batch : workload.count;
    return [
      `${workload.name} (${size})`,
      ...times.map((rounds, i) => withRatio(rounds, i === 0 ? [] : times[0])),
    ];
  });
  return [`${title}\n\n${markdown(["", ...results.map(({ engine }) => engine)], rows)}`];
}

function withRatio(theirs: readonly number[], ours: readonly number[]): string {
  if (theirs.length === 0) return "–";
  const time = median(theirs);
  const shown = time.toFixed(time < 10 ? 2 : 1);
  const ratios = theirs.slice(0, ours.length).map((round, i) => round / ours[i]);
  return ratios.length === 0 ? shown : `${shown} (${median(ratios).toFixed(2)}×)`;
}

/** What a first step costs: recording, compiling, loading. */
function firstSteps(workloads: readonly Workload[], results: readonly EngineResult[]): string[] {
  if (workloads.length === 0) return [];
  const rows = workloads.map((workload) => [
    workload.name,
    ...results.map((result) => firstOf(result, workload)?.firstMs?.toFixed(0) ?? "–"),
  ]);
  const title = "First training step, ms (with recording or compiling; of flowlab the first two)";
  return [`${title}\n\n${markdown(["", ...results.map(({ engine }) => engine)], rows)}`];
}

/** Largest relative difference of the first five losses from ours: the same work is compared only if it is small. */
function agreement(workloads: readonly Workload[], results: readonly EngineResult[]): string[] {
  if (workloads.length === 0) return [];
  const rows = workloads.map((workload) => {
    const [ours, ...others] = results.map((result) => firstOf(result, workload)?.losses);
    return [workload.name, ...others.map((losses) => difference(ours, losses))];
  });
  const title =
    "Same work? Largest relative difference of the first five losses from those of flowlab compiled";
  return [`${title}\n\n${markdown(["", ...results.slice(1).map(({ engine }) => engine)], rows)}`];
}

function difference(ours: readonly number[] | undefined, theirs: readonly number[] | undefined): string {
  if (ours === undefined || theirs === undefined) return "–";
  const differences = ours.map((loss, i) => Math.abs(theirs[i] - loss) / Math.max(1, Math.abs(loss)));
  return Math.max(...differences).toExponential(1);
}

function qualityTable(workloads: readonly Workload[], results: readonly EngineResult[]): string[] {
  if (workloads.length === 0) return [];
  const rows = workloads.map((workload) => {
    const { entropy } = densityOf(workload);
    const gaps = results.map((result) => {
      const { loss, seconds } = linesOf(result, workload, "quality")[0] ?? {};
      return loss === undefined ? "–" : `${(loss - entropy).toFixed(4)} in ${seconds?.toFixed(1)} s`;
    });
    return [workload.name, entropy.toFixed(4), ...gaps];
  });
  const title =
    "Quality: held-out negative log-likelihood above the entropy, nats, after equal steps from equal weights";
  return [`${title}\n\n${markdown(["", "entropy", ...results.map(({ engine }) => engine)], rows)}`];
}

function failures(results: readonly EngineResult[]): string[] {
  const failed = results.flatMap(({ engine, lines }) =>
    lines
      .filter(({ measure }) => measure === "failed")
      .map(({ workload, reason }) => `- ${engine}, ${workload}: ${reason}`),
  );
  return failed.length === 0 ? [] : [`Failed\n\n${failed.join("\n")}`];
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

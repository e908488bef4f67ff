import type { Run } from "./one-run.ts";

export interface Measured {
  readonly title: string;
  readonly jobs: number;
  readonly run: Run;
}

/** One line for each class and number of jobs, the worst of its runs; then whoever got something else than deserved. */
export function judgeTable(measured: readonly Measured[]): string {
  const groups = Map.groupBy(measured, ({ title, jobs }) => `${title}\n${jobs}`);
  const rows = [...groups.values()].map((group) => {
    const { title, jobs, run } = group[0] as Measured;
    const most = (of: (run: Run) => number) => Math.max(...group.map((one) => of(one.run)));
    const wrong = group.filter((one) => one.run.amiss.length > 0).length;
    return [
      title,
      jobs,
      group.length,
      `${run.honest} + ${run.hostile}`,
      `${most(({ longestMs }) => longestMs).toFixed(1)} ms`,
      `${Math.round(most(({ peakMB }) => peakMB))} MB`,
      wrong === 0 ? "all as deserved" : `not as deserved in ${wrong}`,
    ];
  });
  const head = ["class", "jobs", "runs", "honest + hostile", "longest turn", "peak memory", "points"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const amiss = measured.flatMap(({ jobs, run }) => run.amiss.map((text) => `- ${jobs} jobs: ${text}`));
  return `${[...lines, ...(amiss.length > 0 ? ["", ...amiss] : [])].join("\n")}\n`;
}

import type { ClassCost, Cost } from "./measure.ts";

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} s`;
const milliseconds = (value: number): string => `${(1000 * value).toFixed(0)} ms`;

/** Processor time of one more submission: what a class costs beyond the smallest one, which pays for the start. */
export function marginal(smallest: ClassCost, { learners, processorSeconds }: ClassCost): number {
  return (processorSeconds - smallest.processorSeconds) / (learners - smallest.learners);
}

/**
 * @param classes The smallest first.
 * @param node Starting Node and ending it, on this machine, at the same time.
 */
export function classTable(classes: readonly ClassCost[], node: Cost): string {
  const [smallest] = classes as [ClassCost, ...ClassCost[]];
  const rows = classes.map((one) => {
    const each = one === smallest ? undefined : marginal(smallest, one);
    return [
      one.learners,
      one.exercises,
      one.failed,
      seconds(one.seconds),
      seconds(one.processorSeconds),
      each === undefined ? "–" : milliseconds(each),
      each === undefined ? "–" : `${(each / node.processorSeconds).toFixed(1)}×`,
      `${Math.round(one.peakBytes / 2 ** 20)} MB`,
    ];
  });
  const head = [
    ...["learners", "exercises each", "failed", "time", "processor time"],
    ...["one more submission", "in starts of Node", "grader's peak memory"],
  ];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const missing = classes.every(({ everything }) => everything)
    ? ""
    : "Sandboxed processes are not counted: no control group could be made, which takes root on Linux.\n";
  return `${lines.join("\n")}\n\nStarting Node: ${milliseconds(node.processorSeconds)} of processor time.\n${missing}`;
}

/** Hours for so many submissions on workers of `cores` processors each, by processor time. */
export const hoursFor = (submissions: number, each: number, workers: number, cores: number): number =>
  (submissions * each) / (workers * cores) / 3600;

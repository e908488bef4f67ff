import type { Answers } from "./answers.ts";
import type { Move, Redrawn } from "./page.ts";

/** The value that this share of all lie below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const ms = (value: number) => `${value.toFixed(value < 9.95 ? 1 : 0)} ms`;

const lines = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  `${[head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;

export function answersTable(measured: readonly Answers[]): string {
  const rows = measured.map(({ title, ms: all, processorMs, characters }) => [
    title,
    ms(quantile(all, 0.5)),
    ms(quantile(all, 0.9)),
    ms(processorMs),
    `${Math.round(characters / 1000)} kB`,
  ]);
  return lines(["kernel's answer", "median", "9 of 10", "processor time", "picture"], rows);
}

export function pageTable(measured: readonly Redrawn[]): string {
  const parts = ["toMessage", "toKernel", "toPicture", "toDocument", "toFrame"] as const;
  const rows = measured.map(({ title, moves }) => {
    const median = (part: keyof Move) =>
      ms(
        quantile(
          moves.map((move) => move[part]),
          0.5,
        ),
      );
    return [
      title,
      ...parts.map(median),
      median("total"),
      ms(
        quantile(
          moves.map(({ total }) => total),
          0.9,
        ),
      ),
    ];
  });
  const head = [
    ...["in Chromium, medians", "key → message", "→ kernel", "→ picture", "→ document", "→ second frame"],
    ...["key → redrawn", "9 of 10"],
  ];
  return lines(head, rows);
}

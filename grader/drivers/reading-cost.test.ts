/** What the largest answers cost the judge's thread, from bytes to what a check and a report make of them. */

import { createConnection, createServer, type Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { type Expectations, expectations } from "../grading/expect.ts";
import { LearnerError } from "../grading/session.ts";
import { transcript } from "../grading/transcript.ts";
import { validatePlain } from "../grading/validate.ts";
import { derivation, figure, type Kind, matrix, number, record, text, vector } from "../harness/kinds.ts";
import { type AnswerSize, DEFAULT_ANSWER, LARGEST_ANSWER } from "../harness/size.ts";
import { type Line, readAnswer, readLines } from "../sandbox/channel.ts";

/** What one turn may take. */
const TURN_MS = 50;
const ID = 281474976710654;

const repeated = (part: (i: number) => string, n: number): string =>
  Array.from({ length: n }, (_, i) => part(i)).join(",");
const distinct = (i: number): string => `${(i * 7919) % 1_000_003}`;

/** The worst that fits, for each way in which text can be expensive. */
const worst: [string, Kind, (size: AnswerSize) => string][] = [
  ["zeros", vector, ({ values }) => `[${repeated(() => "0", values)}]`],
  [
    "doubles",
    vector,
    ({ values, bytes }) =>
      `[${repeated((i) => `-0.${distinct(i).padEnd(15, "7")}`, Math.min(values, bytes / 20))}]`,
  ],
  ["numbers by name", vector, ({ values }) => `[${repeated(() => '"-Infinity"', values)}]`],
  ["texts where numbers belong", vector, ({ values }) => `[${repeated((i) => `"${distinct(i)}"`, values)}]`],
  ["lines", derivation, ({ values }) => `[${repeated((i) => `"${distinct(i)}"`, values)}]`],
  ["rows of nothing", matrix, ({ keys }) => `[${repeated(() => "[]", keys)}]`],
  ["rows of one", matrix, ({ keys }) => `[${repeated(() => "[0]", keys)}]`],
  [
    "fields that nobody asked for",
    record({ a: number }),
    ({ keys }) => `{${repeated((i) => `"k${distinct(i)}":0`, keys)}}`,
  ],
  [
    "fields by number",
    figure,
    ({ keys }) => `{"data":[{${repeated((i) => `"${distinct(i)}":0`, keys - 8)}}],"layout":{}}`,
  ],
  [
    "objects of a field each",
    figure,
    ({ keys }) => `{"data":[{"a":[${repeated((i) => `{"k${i}":0}`, keys / 2 - 8)}]}],"layout":{}}`,
  ],
  [
    "a figure of numbers",
    figure,
    ({ values }) => `{"data":[{"x":[${repeated(distinct, values - 9)}]}],"layout":{}}`,
  ],
  ["levels", figure, () => `{"data":[${"[".repeat(60)}${"]".repeat(60)}],"layout":{}}`],
  ["a long text", text, ({ bytes }) => `"${"x".repeat(bytes - 200)}"`],
  ["escapes", text, ({ bytes }) => `"${"\\u202e".repeat(bytes / 6 - 20)}"`],
  ["one number of many digits", number, ({ bytes }) => `0.${"1".repeat(bytes - 200)}`],
];

const open: Socket[] = [];
const server = createServer().listen(0, "127.0.0.1");
afterAll(() => {
  for (const socket of open) socket.destroy();
  server.close();
});

/** The line as a channel gives it. */
async function received(line: string, size: AnswerSize): Promise<Line> {
  const accepted = new Promise<Socket>((done) => server.once("connection", done));
  const writer = createConnection((server.address() as { port: number }).port, "127.0.0.1");
  const reader = await accepted;
  open.push(writer, reader);
  return new Promise((onLine, onExcess) => {
    readLines(reader, { expects: () => size, onLine, onExcess });
    writer.write(line);
  });
}

function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Everything that is done in the turn in which an answer is read. */
function judged(line: Line, kind: Kind, size: AnswerSize): void {
  const log = transcript();
  const expect: Expectations = expectations(log);
  try {
    const answer = readAnswer(line, ID, size);
    const value = answer.ok ? validatePlain(kind, answer.value, "the result of f") : undefined;
    log.calls.push({ target: { export: "f" }, inputs: [value], answer: { value } });
    expect.that(false, "it is not so", { got: value, expected: value });
    if (Array.isArray(value)) expect.close(value as number[], value as number[]);
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
  }
}

describe.each([
  ["by default", DEFAULT_ANSWER],
  ["at most", LARGEST_ANSWER],
] as const)("of the size that is allowed %s", (_, size) => {
  test.for(worst)("%s are read and judged within a turn", async ([, kind, written]) => {
    const line = await received(`{"id":${ID},"ok":true,"value":${written(size)}}\n`, size);
    expect(line.text.length).toBeGreaterThan(100);
    // The least of three: what the compiler and the collector of garbage do meanwhile is not this answer's.
    const costs = [1, 2, 3].map(() => {
      const before = computed();
      judged(line, kind, size);
      return computed() - before;
    });
    expect(Math.min(...costs)).toBeLessThan(TURN_MS);
  });
});

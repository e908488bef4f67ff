import { Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LearnerError, type Session } from "../grading/session.ts";
import { encode } from "../harness/encoding.ts";
import { fn, number, parameter, record, text, vector } from "../harness/kinds.ts";
import { type AnswerSize, DEFAULT_ANSWER, LARGEST_ANSWER } from "../harness/size.ts";
import { readLines } from "../sandbox/channel.ts";
import { textSize, withoutMessage } from "./answers-together.ts";
import { inProcessSession } from "./in-process.ts";
import { openSandboxedSession } from "./sandboxed.ts";

/** As the judge counts it on the text that comes. */
function counted(value: unknown, id: number): AnswerSize | undefined {
  let size: AnswerSize | undefined;
  const socket = new Socket();
  readLines(socket, {
    expects: () => LARGEST_ANSWER,
    onLine: (line) => (size = line.size),
    onExcess: () => {},
  });
  socket.emit("data", Buffer.from(`${encode({ id, ok: true, value })}\n`));
  socket.destroy();
  return size;
}

test("a value is counted as the text that would carry it", () => {
  const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, -Infinity));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      numbers,
      fc.string({ unit: "binary" }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("tree")),
      fc.dictionary(fc.string(), fc.oneof(tie("tree"), fc.constant(undefined))),
      fc.array(numbers).map((list) => Float64Array.from(list)),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.nat(), (value, id) => {
      expect(withoutMessage(counted(value, id) as AnswerSize, id)).toEqual(textSize(value));
    }),
    { numRuns: 500, seed: 1 },
  );
});

const n = parameter("n", number);
const programs: [what: string, source: string, returns: typeof vector | typeof text | typeof number][] = [
  ["short numbers", "export const f = (n: number) => new Array(9999).fill(n % 7);", vector],
  [
    "long numbers",
    "export const f = (n: number) => Array.from({ length: 9000 }, (_, i) => Math.sin(n + i) / 3e200);",
    vector,
  ],
  ["names of numbers", "export const f = () => new Array(15_000).fill(-Infinity);", vector],
  ["texts with escapes", 'export const f = (n: number) => "ä\\n\\u0007".repeat(20_000 + n);', text],
  [
    "records",
    "export const f = (n: number) => ({ list: [n, 0.1], text: 'x'.repeat(9000) });",
    record({ list: vector, text }) as never,
  ],
];

test.each(programs)("%s: notebook and grader refuse the same question", async (_what, source, returns) => {
  const signatures = { f: fn([n], returns) };
  const exercise = { path: "00-test/answer", signatures };
  const sandboxed = await openSandboxedSession({ source, exercise });
  const f = new Function(`return ${source.replace(/^export const f = /, "").replaceAll("n: number", "n")}`)();
  const here = await inProcessSession({ f }, signatures);
  const refusals = [];
  for (const session of [sandboxed, here]) {
    session.allow({ seconds: 5, answer: DEFAULT_ANSWER });
    refusals.push(await refusal(session));
    // The next check has its own room.
    session.allow({ seconds: 5, answer: DEFAULT_ANSWER });
    expect((await refusal(session)).at).toBe(refusals.at(-1)?.at);
    await session.close();
  }
  expect(refusals[1]).toEqual(refusals[0]);
  expect(refusals[0]?.message).toMatch(
    /^the answers to this check hold more than 320,000 values, .* together/,
  );
  expect(refusals[0]?.at).toBeGreaterThan(5);
});

/** The first question that is refused. */
async function refusal({ call }: Session): Promise<{ at: number; message: string }> {
  for (let at = 0; at < 10_000; at++) {
    try {
      await call({ export: "f" }, [at]);
    } catch (error) {
      if (error instanceof LearnerError && error.trouble === "size") return { at, message: error.message };
      throw error;
    }
  }
  throw new Error("nothing was refused");
}

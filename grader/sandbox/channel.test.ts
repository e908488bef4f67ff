import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type AnswerSize, FAILURE_BYTES } from "../harness/size.ts";
import { ChannelError, OversizeError, printable, readAnswer, readLines } from "./channel.ts";

const SIZE: AnswerSize = { values: 1000, keys: 100, bytes: 100_000 };

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

async function pair(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const [accepted, connected] = await Promise.all([
    once(server, "connection"),
    createConnection((server.address() as { port: number }).port, "127.0.0.1"),
  ]);
  server.close();
  open.push(accepted[0], connected);
  return [accepted[0], connected];
}

/** What a reader makes of these writes, each with a pause after it: its lines, and the first breach of the rules. */
async function read(...writes: (string | Buffer)[]): Promise<string[]> {
  return readWhile(() => SIZE, ...writes);
}

async function readWhile(
  expected: () => AnswerSize | undefined,
  ...writes: (string | Buffer)[]
): Promise<string[]> {
  const [reader, writer] = await pair();
  const seen: string[] = [];
  const excess = new Promise<void>((done) => {
    readLines(reader, {
      expects: expected,
      onLine: ({ text }) => seen.push(text.toString("utf8")),
      onExcess: (error) => {
        seen.push(`! ${error instanceof OversizeError ? "oversize" : error.message}`);
        done();
      },
    });
  });
  writer.setNoDelay(true);
  writer.on("error", () => {});
  for (const part of writes) {
    writer.write(part);
    await new Promise((later) => setTimeout(later, writes.length > 20 ? 1 : 20));
  }
  writer.end();
  await Promise.race([excess, once(reader, "close")]);
  return seen;
}

describe("readLines", () => {
  test("puts a line together from its parts", async () => {
    expect(await read('{"a":', "1}", "\n", "two\n")).toEqual(['{"a":1}', "two"]);
  });

  test("stops at a second line that nobody asked for", async () => {
    expect(await read("one\ntwo\n", "three\n")).toEqual(["! wrote to the grader's channel"]);
  });

  test("stops at the first byte while nothing is asked", async () => {
    expect(await readWhile(() => undefined, "x")).toEqual(["! wrote to the grader's channel"]);
  });

  test.for<[string, string | Buffer, string]>([
    ["a line without an end", Buffer.alloc(SIZE.bytes + 1000, "x"), "! oversize"],
    ["numbers", `[${"0,".repeat(2000)}0]\n`, "! oversize"],
    ["keys", `{${'"a":0,'.repeat(200)}"a":0}\n`, "! oversize"],
    ["arrays in arrays", `[${"[],".repeat(200)}0]\n`, "! oversize"],
    ["levels", `${"[".repeat(65)}\n`, "! sent an answer nested more than 64 levels deep"],
    ["a text, which is one value", `"${"[,:{".repeat(20_000)}"\n`, ""],
  ])("counts %s before it keeps more", async ([, sent, breach]) => {
    const seen = await read(sent);
    expect(seen).toEqual([breach || String(sent).trimEnd()]);
  });

  test("stops at an answer that comes in crumbs", async () => {
    const crumbs = Array.from({ length: 200 }, () => "1");
    expect(await read(...crumbs)).toEqual([expect.stringMatching(/^! wrote one answer in \d+ pieces$/)]);
  });
});

describe("readAnswer", () => {
  const answer = (text: string, size = SIZE) =>
    readAnswer(
      { text: Buffer.from(text), size: { values: 1, keys: 1, bytes: Buffer.byteLength(text) } },
      7,
      size,
    );

  test("reads answers to the question, special numbers by their names", () => {
    expect(answer('{"id":7,"ok":true,"value":[1,"NaN"]}')).toEqual({ id: 7, ok: true, value: [1, "NaN"] });
    const refusal = answer(
      '{"id":7,"ok":false,"trouble":"threw","message":"\\u001b[31mno","trace":"at\\u202e x"}',
    );
    expect(refusal).toEqual({
      id: 7,
      ok: false,
      trouble: "threw",
      message: "\ufffd[31mno",
      trace: "at\ufffd x",
    });
  });

  test("a message may be longer than a small answer, a value may not", () => {
    const small = { ...SIZE, bytes: 100 };
    const long = "x".repeat(FAILURE_BYTES / 2);
    expect(
      answer(JSON.stringify({ id: 7, ok: false, trouble: "threw", message: long }), small),
    ).toMatchObject({
      message: "x".repeat(4000),
    });
    expect(() => answer(JSON.stringify({ id: 7, ok: true, value: long }), small)).toThrow(OversizeError);
  });

  test.for([
    '{"id":8,"ok":true,"value":1}',
    '{"id":"7","ok":true,"value":1}',
    '{"id":7,"ok":"yes"}',
    '{"id":7,"ok":false,"trouble":"passed","message":""}',
    '{"id":7,"ok":false,"trouble":"threw"}',
    "[7]",
    "null",
    "",
    "{",
  ])("refuses anything else: %#", (text) => {
    expect(() => answer(text)).toThrow(ChannelError);
  });

  test("brackets inside a text are text", () => {
    const value = `${"[".repeat(100)}"\\`;
    expect(answer(JSON.stringify({ id: 7, ok: true, value }))).toMatchObject({ value });
  });
});

test("printable keeps text and line ends, and nothing that moves a cursor", () => {
  expect(printable("π = 3\r\n\tok\u0007\u001b[2J\u009b1m")).toBe("π = 3\n\tok\ufffd\ufffd[2J\ufffd1m");
});

import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { MAX_ANSWER_BYTES } from "../harness/protocol.ts";
import { ChannelError, printable, readAnswer, readLines } from "./channel.ts";

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

/** What a reader makes of these writes: its lines, and the first breach of the rules. */
async function read(...writes: (string | Buffer)[]): Promise<string[]> {
  const [reader, writer] = await pair();
  const seen: string[] = [];
  const excess = new Promise<void>((done) => {
    readLines(reader, {
      onLine: (line) => seen.push(line.toString("utf8")),
      onExcess: (error) => {
        seen.push(`! ${error.message}`);
        done();
      },
    });
  });
  writer.on("error", () => {});
  for (const part of writes) {
    writer.write(part);
    await new Promise((later) => setTimeout(later, 20));
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

  test("stops at a line without an end, and keeps none of it", async () => {
    expect(await read(Buffer.alloc(MAX_ANSWER_BYTES + 1, "x"))).toEqual([
      "! sent an answer of more than 24 MB",
    ]);
  });
});

describe("readAnswer", () => {
  const answer = (text: string) => readAnswer(Buffer.from(text), 7);

  test("reads answers to the question", () => {
    expect(answer('{"id":7,"ok":true,"value":[1,{"number":"NaN"}]}')).toEqual({
      id: 7,
      ok: true,
      value: [1, Number.NaN],
    });
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
    `{"id":7,"ok":true,"value":${"[".repeat(65)}${"]".repeat(65)}}`,
    `{"id":7,"ok":true,"value":[${"[],".repeat(1_100_001)}0]}`,
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

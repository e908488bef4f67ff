import { expect, test } from "vitest";
import { inProcessSession } from "../../drivers/in-process.ts";
import { fn, number, object, parameter } from "../../harness/kinds.ts";
import { longSession } from "./long-session.ts";

const signatures = {
  add: fn([parameter("a", number)], object({ to: fn([parameter("b", number)], number) })),
  twice: fn([parameter("x", number)], number),
};
const program = { add: (a: number) => ({ to: (b: number) => a + b }), twice: (x: number) => 2 * x };
let opened = 0;
const open = () => {
  opened += 1;
  return inProcessSession(program, signatures);
};

test("has more objects than a session, and answers for the first as for the last", async () => {
  const session = await longSession(open, signatures);
  const objects: number[] = [];
  for (let a = 0; a < 12_000; a++) objects.push((await session.call({ export: "add" }, [a])) as number);
  expect(new Set(objects).size).toBe(12_000);
  for (const a of [0, 4999, 5000, 11_999])
    expect(await session.call({ object: objects[a], method: "to" }, [1])).toBe(a + 1);
  expect(await session.call({ export: "twice" }, [4])).toBe(8);
  expect(opened).toBe(3);
});

test("remembers only the last ones, if that is enough", async () => {
  const session = await longSession(open, signatures, 1);
  for (let a = 0; a < 5001; a++) await session.call({ export: "add" }, [a]);
  expect(await session.call({ object: 5000, method: "to" }, [1])).toBe(5001);
  await expect(session.call({ object: 7, method: "to" }, [1])).rejects.toThrow("object 7 is not remembered");
});

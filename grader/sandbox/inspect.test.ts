import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { fn, number, parameter } from "../harness/kinds.ts";
import { detectSandbox } from "./detect.ts";
import { inspectorPort } from "./inspect.ts";

afterEach(() => vi.unstubAllEnvs());

test("refuses what is no port, and is off unless one is given", () => {
  expect(inspectorPort("")).toBeUndefined();
  expect(inspectorPort("9230")).toBe(9230);
  for (const wrong of ["on", "0", "65536", "92.5"]) {
    expect(() => inspectorPort(wrong)).toThrow(
      `FLOWLAB_INSPECT expects a port from 1 to 65535, such as 9230; got ${wrong}`,
    );
  }
});

test("only where there is no sandbox, a debugger stops in a learner's function, for longer than a check may take", async () => {
  const port = await freePort();
  vi.stubEnv("FLOWLAB_INSPECT", String(port));
  const source = "export function twice(x: number): number {\n  return 2 * x;\n}";
  const exercise = {
    path: "chapter/twice",
    signatures: { twice: fn([parameter("x", number)], number) },
    limits: { seconds: 0.2 },
  };
  const opening = openSandboxedSession({ source, exercise, sandbox: await detectSandbox("none") });
  const { send, paused, close } = await attach(port);
  await send("Debugger.enable");
  await send("Debugger.setBreakpointByUrl", { urlRegex: "twice", lineNumber: 1 });
  await send("Runtime.runIfWaitingForDebugger");
  // --inspect-brk stops at the first line.
  await paused();
  await send("Debugger.resume");
  const session = await opening;
  const answer = session.call({ export: "twice" }, [21]);
  expect((await paused()).callFrames[0].functionName).toBe("twice");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await send("Debugger.resume");
  expect(await answer).toBe(42);
  await session.close();
  close();
});

const { tier, launch } = await detectSandbox();
const lacks = tier === "none" ? "neither bubblewrap nor namespaces" : undefined;

needing("a sandbox", lacks).test("what is a boundary knows nothing of it", async () => {
  vi.stubEnv("FLOWLAB_INSPECT", "9230");
  const { arguments: given } = await launch({ heapMB: 100 });
  expect(given).toContain("--permission");
  expect(given.filter((argument) => argument.includes("inspect"))).toEqual([]);
});

interface Paused {
  readonly callFrames: readonly { readonly functionName: string }[];
}

/** Node's debugger protocol: one command at a time, and the next stop. */
async function attach(port: number) {
  const socket = new WebSocket(await debuggerAddress(port));
  const stops: Paused[] = [];
  let onStop = () => {};
  const answers = new Map<number, (result: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, method, params, result } = JSON.parse(String(data));
    answers.get(id)?.(result);
    if (method === "Debugger.paused") stops.push(params);
    onStop();
  });
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  let last = 0;
  return {
    send: (method: string, params = {}) =>
      new Promise((resolve) => {
        answers.set(++last, resolve);
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    paused: async () => {
      while (stops.length === 0) {
        await new Promise<void>((resolve) => {
          onStop = resolve;
        });
      }
      return stops.shift() as Paused;
    },
    close: () => socket.close(),
  };
}

/** The process is started meanwhile. */
async function debuggerAddress(port: number): Promise<string> {
  for (;;) {
    try {
      const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      return (targets as { webSocketDebuggerUrl: string }[])[0].webSocketDebuggerUrl;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

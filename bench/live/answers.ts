/** How soon the kernel answers a move, asked over the protocol as a page asks. */
import { move, stateIn, widgetsOf } from "../../notebooks/kernel/testing/live-slider.ts";
import { startKernel } from "../../notebooks/run/client.ts";
import { flows, prepare } from "./flows.ts";

export interface Answers {
  readonly title: string;
  /** From sending a move to the picture and the kernel idle again, ms, one for each move. */
  readonly ms: readonly number[];
  /** Processor time of all threads of the kernel, ms a move. */
  readonly processorMs: number;
  /** Of the picture, as HTML. */
  readonly characters: number;
}

export async function measureAnswers(moves: number): Promise<Answers[]> {
  const kernel = await startKernel({ cwd: import.meta.dirname });
  const run = async (code: string) => {
    const done = await kernel.execute(code);
    if (done.status !== "ok") throw new Error(JSON.stringify(done.outputs));
    return done;
  };
  const processor = async () => {
    const { outputs } = await run("const { user, system } = process.cpuUsage(); user + system");
    return Number((outputs[0] as { data: Record<string, string> }).data["text/plain"]) / 1000;
  };
  try {
    await run(prepare);
    const measured: Answers[] = [];
    for (const { title, cell } of flows) {
      const { t, HTMLModel } = widgetsOf(await run(cell));
      const to = (index: number) => move(kernel, t, Number((0.5 + index / 100).toFixed(2)));
      for (let i = 0; i < 10; i++) await to(i);
      const before = await processor();
      const ms: number[] = [];
      let characters = 0;
      for (let i = 0; i < moves; i++) {
        const sent = performance.now();
        const messages = await to(i);
        ms.push(performance.now() - sent);
        characters = String(stateIn(messages, HTMLModel)?.value).length;
      }
      measured.push({ title, ms, processorMs: ((await processor()) - before) / moves, characters });
    }
    return measured;
  } finally {
    await kernel.shutdown();
  }
}

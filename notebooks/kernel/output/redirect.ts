import { AsyncLocalStorage } from "node:async_hooks";
import type { CellOutput } from "./output.ts";

/** Where the output of some code of a cell goes instead of below the cell. */
export type Sink = Pick<CellOutput, "write" | "display">;

const sinks = new AsyncLocalStorage<Sink>();

export const sinkOfRunningCode = (): Sink | undefined => sinks.getStore();

/** What `run` prints and displays goes to the sink, also later on. */
export const redirect = <T>(sink: Sink, run: () => T): T => sinks.run(sink, run);

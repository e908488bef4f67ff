import { keepScopes, leaveNesting } from "../../../lib/engine/tape/nesting.ts";
import { advance, type InterruptFlag, leave, phase, set, setPatience } from "../interrupt-flag.ts";
import {
  type CellSource,
  describeDiagnostics,
  describeInterrupt,
  describeThrown,
  type Failure,
} from "../output/errors.ts";
import { type MimeBundle, toMimeBundle } from "../output/mime.ts";
import { type Compiled, createTslab, type Tslab } from "../tslab/tslab.ts";
import type { Bounds } from "./bounds.ts";
import { abandon, type Cell, type Outcome, ownerOfRunningCode, runInCell, runOutsideCells } from "./cell.ts";
import { createExecuted, type Executed } from "./executed.ts";
import { createLoading } from "./loading.ts";
import { notRunYet } from "./not-run-yet.ts";
import { inOwnTurn } from "./turn.ts";

/** Runs cells one at a time. */
export interface Interpreter {
  readonly tslab: Tslab;
  readonly executed: Executed;
  run(cell: Cell): Promise<Outcome>;
  /** Runs a callback of a cell that has ended, with all that protects the kernel from a cell's code. */
  call(cell: Cell, callback: () => unknown): Promise<Outcome>;
  /** Stops the running cell where it awaits something; without effect on code that is busy. */
  stop(): void;
  /** The running cell's code was terminated by the other thread. */
  finishTerminated(): void;
  /** A part of the running cell was. */
  finishCut(): void;
  /** Ends the running cell by an error that arose beside it. False if the cell is not the running one. */
  fail(cell: Cell | undefined, failure: Failure): boolean;
  /** A thrown value in terms of the cells that have run. */
  describe(error: unknown): Failure;
  readonly running: Cell | undefined;
}

/** What the executor reported about one cell. */
interface Report {
  compiled?: Compiled;
  thrown?: { error: unknown };
  value?: unknown;
}

/** After an interrupt, how long what ends itself may take, and then the rest of its cell, in ms. */
const [endingTime, restTime] = [5000, 500];

const stopped = Symbol("interrupted while compiling");
const wasInterrupted = (error: unknown) =>
  error === stopped || (error as { code?: string } | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";

const nextTurn = () => runOutsideCells(() => new Promise<void>((resolve) => setImmediate(resolve)));

export function createInterpreter(flag: InterruptFlag, bounds: Bounds): Interpreter {
  const sources = new Map<string, CellSource>();
  const reports = new WeakMap<Cell, Report>();
  const executed = createExecuted();
  const loading = createLoading();
  let running: Cell | undefined;
  /** Cells that were interrupted and are coming to their end by themselves. */
  const ending = new WeakSet<Cell>();
  /** Ends a cell that has come to its end. */
  let finish: (() => void) | undefined;
  const reportOfRunningCode = (): Report => {
    const cell = ownerOfRunningCode();
    return (cell && reports.get(cell)) ?? {};
  };

  const tslab = createTslab({
    scriptName: () => ownerOfRunningCode()?.scriptName ?? "cell[-]",
    onCompiled(compiled) {
      const cell = ownerOfRunningCode();
      if (cell === undefined) return;
      reportOfRunningCode().compiled = compiled;
      sources.set(cell.scriptName, { code: cell.code, position: compiled.position });
      loading.compiled(cell);
      if (!advance(flag, phase.compiling, phase.running)) throw stopped;
    },
    onValue(value) {
      reportOfRunningCode().value = value;
    },
    onThrown(error) {
      reportOfRunningCode().thrown = { error };
    },
    onLoad: (name, load) => loading.load(ownerOfRunningCode(), name, load),
  });
  const { executor } = tslab;

  const describe = (error: unknown) =>
    wasInterrupted(error) ? describeInterrupt() : describeThrown(error, sources);

  /** Value of the last expression. tslab hands over none that is null, and leaves it among the variables. */
  async function takeValue(report: Report): Promise<unknown> {
    const name = report.compiled?.lastExpressionVar;
    if (name === undefined) return undefined;
    const isNull = executor.locals[name] === null;
    delete executor.locals[name];
    return isNull ? null : await report.value;
  }

  async function result(cell: Cell, report: Report): Promise<MimeBundle | undefined> {
    const value = await takeValue(report);
    // One turn of the event loop, in which Node reports rejections that nobody handles.
    await nextTurn();
    return value === undefined || cell.isSettled ? undefined : toMimeBundle(value);
  }

  async function evaluate(cell: Cell, report: Report): Promise<Outcome> {
    const succeeded = await executor.execute(cell.code);
    const diagnostics = report.compiled?.diagnostics ?? [];
    if (diagnostics.length > 0) {
      const failure = notRunYet(diagnostics, cell.code, executed.cells);
      return { status: "error", failure: failure ?? describeDiagnostics(diagnostics, cell.code) };
    }
    if (!succeeded) return { status: "error", failure: describe(report.thrown?.error) };
    return { status: "ok", result: await result(cell, report) };
  }

  async function compileAndRun(cell: Cell): Promise<Outcome> {
    const report: Report = {};
    reports.set(cell, report);
    set(flag, phase.compiling);
    loading.begin(cell);
    try {
      return await evaluate(cell, report);
    } finally {
      loading.end(cell);
    }
  }

  async function callBack(callback: () => unknown): Promise<Outcome> {
    set(flag, phase.running);
    await callback();
    await nextTurn();
    return { status: "ok", result: undefined };
  }

  async function settle(cell: Cell, running: Promise<Outcome>): Promise<void> {
    const outcome = await running.catch(
      (error: unknown): Outcome => ({ status: "error", failure: describe(error) }),
    );
    // A cell that was stopped meanwhile has no say in the flag any more: another one may be running.
    if (cell.isSettled) return;
    finish = () => {
      if (cell.isSettled) return;
      leave(flag);
      finish = undefined;
      const failure = () => describeInterrupt({ itself: outcome.status === "ok" });
      cell.settle(ending.has(cell) ? { status: "error", failure: failure() } : outcome);
      bounds.forget(cell);
    };
    finish();
  }

  function end(cell: Cell, failure: Failure): void {
    abandon(cell, failure.evalue);
    executor.interrupt();
    cell.settle({ status: "error", failure });
    bounds.forget(cell);
  }

  const endInterrupted = (cell: Cell) => end(cell, describeInterrupt({ doing: bounds.doing(cell) }));

  /** Lets a cell go on whose computation has been told to end, but not for ever. */
  function letEnd(cell: Cell): void {
    ending.add(cell);
    // A second interrupt is for whatever comes after.
    set(flag, phase.running);
    abandon(cell, describeInterrupt().evalue);
    let deadline = performance.now() + endingTime;
    const watch = setInterval(() => {
      if (cell.endingThemselves === 0) deadline = Math.min(deadline, performance.now() + restTime);
      if (!cell.isSettled && performance.now() < deadline) return;
      clearInterval(watch);
      if (!cell.isSettled && advance(flag, phase.running, phase.idle)) endInterrupted(cell);
    }, 20).unref();
  }

  async function start(cell: Cell, run: () => Promise<Outcome>): Promise<Outcome> {
    running = cell;
    setPatience(flag);
    keepScopes();
    inOwnTurn(() => runInCell(cell, () => void settle(cell, run())));
    const outcome = await cell.outcome;
    running = undefined;
    return outcome;
  }

  return {
    tslab,
    executed,
    describe,
    get running() {
      return running;
    },
    run: (cell) => start(cell, () => compileAndRun(cell)),
    call: (cell, callback) => start(cell, () => callBack(callback)),
    stop() {
      const isRunning = advance(flag, phase.asked, phase.idle) || advance(flag, phase.running, phase.idle);
      if (!isRunning || running === undefined) return;
      if (running.endingThemselves > 0 && !ending.has(running)) letEnd(running);
      else endInterrupted(running);
    },
    finishTerminated() {
      leaveNesting();
      set(flag, phase.idle);
      if (running !== undefined) endInterrupted(running);
    },
    finishCut() {
      leaveNesting();
      advance(flag, phase.cut, phase.running);
      bounds.endCut();
      // What comes to its end just then is hit in place of the part, and was at its end already.
      finish?.();
    },
    fail(cell, failure) {
      if (running === undefined || running.isSettled || (cell ?? running) !== running) return false;
      leave(flag);
      end(running, failure);
      return true;
    },
  };
}

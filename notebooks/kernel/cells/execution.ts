import type { Comms } from "../comms/comms.ts";
import { createCellOutput } from "../output/output.ts";
import type { Busy } from "../protocol/busy-display.ts";
import type { Request, Wire } from "../protocol/request.ts";
import type { Content, Message } from "../protocol/wire.ts";
import { type Cell, createCell, type Outcome } from "./cell.ts";
import type { ExecutedCell } from "./executed.ts";
import type { Interpreter } from "./interpreter.ts";

/** Content of `execute_request`, with the protocol's defaults. */
function readRequest({ content }: Message) {
  const silent = content.silent === true;
  return {
    code: String(content.code ?? ""),
    silent,
    isCounted: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    userExpressions: (content.user_expressions ?? {}) as Record<string, string>,
  };
}

function howItEnded(outcome: Outcome): ExecutedCell["outcome"] {
  if (outcome.status === "ok") return "ok";
  return ["TypeScriptError", "NotRunYet"].includes(outcome.failure.ename) ? "compile" : "run";
}

/** Answers `execute_request`. */
export interface Execution {
  execute(request: Request): Promise<void>;
  /** The cell that was started last. */
  readonly latest: Cell | undefined;
}

export function createExecution(
  interpreter: Interpreter,
  wire: Wire,
  comms: Pick<Comms, "closeOf" | "closeRemoved">,
): Execution {
  let executionCount = 0;
  let scripts = 0;
  let latest: Cell | undefined;
  /** Requests that had arrived by then are aborted, because a cell before them failed. */
  let abortedUntil = -1n;

  function newCell(message: Message, code: string, kind: "counted" | "uncounted" | "silent"): Cell {
    scripts += 1;
    const publish = (type: string, content: Content, metadata?: Content) => {
      if (kind !== "silent") wire.publish(type, message.header, content, metadata);
    };
    const busy = (doing: Busy) => {
      if (kind !== "silent") wire.busy(message.header, doing);
    };
    const id = message.metadata.cellId;
    return createCell({
      id: typeof id === "string" ? id : undefined,
      executionCount,
      code,
      scriptName: kind === "counted" ? `cell[${executionCount}]` : `cell[${kind}-${scripts}]`,
      output: createCellOutput(publish, busy),
    });
  }

  async function evaluateAll(message: Message, expressions: Record<string, string>): Promise<Content> {
    const answers: Content = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const outcome = await interpreter.run(newCell(message, `(${expression})`, "silent"));
      const data = outcome.status === "ok" && (outcome.result ?? { "text/plain": "undefined" });
      answers[name] = data
        ? { status: "ok", data, metadata: {} }
        : { status: "error", ...(outcome.status === "error" ? outcome.failure : {}) };
    }
    return answers;
  }

  async function execute({ message, arrived }: Request): Promise<void> {
    const { code, silent, isCounted, stopOnError, userExpressions } = readRequest(message);
    if (arrived <= abortedUntil) {
      wire.reply(message, { status: "aborted", execution_count: executionCount });
      return;
    }
    const timing = { started: new Date().toISOString() };
    if (isCounted) executionCount += 1;
    const count = { execution_count: executionCount };
    if (!silent) wire.publish("execute_input", message.header, { code, ...count });
    const cell = newCell(message, code, silent ? "silent" : isCounted ? "counted" : "uncounted");
    if (!silent) latest = cell;
    interpreter.executed.remove(message.metadata.deletedCells);
    comms.closeRemoved(message.metadata.deletedCells, cell);
    if (!silent) comms.closeOf(cell);
    const at = Date.now();
    const outcome = await interpreter.run(cell);
    if (!silent) interpreter.executed.add({ id: cell.id, code, outcome: howItEnded(outcome), at });
    if (outcome.status === "error") {
      cell.output.error(outcome.failure);
      if (stopOnError) abortedUntil = process.hrtime.bigint();
      wire.reply(message, { status: "error", ...count, ...outcome.failure }, timing);
      return;
    }
    if (outcome.result !== undefined) cell.output.result(outcome.result, executionCount);
    const answers = await evaluateAll(message, userExpressions);
    wire.reply(message, { status: "ok", ...count, payload: [], user_expressions: answers }, timing);
  }

  return {
    execute,
    get latest() {
      return latest;
    },
  };
}

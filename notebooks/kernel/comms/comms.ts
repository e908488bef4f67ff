/**
 * Jupyter's comms: lines between an object in the kernel and one on the page. Only the kernel opens any here.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
import { randomUUID } from "node:crypto";
import { type Cell, createCell, type Outcome, runInCell } from "../cells/cell.ts";
import type { Failure } from "../output/errors.ts";
import type { Request, Wire } from "../protocol/request.ts";
import type { Content } from "../protocol/wire.ts";

/** What the kernel's end of a comm does. */
export interface CommOptions {
  /** Metadata of the message that opens it. */
  readonly metadata?: Content;
  /**
   * Called with the data of each message from the page, as a cell is run: one after another, never while a cell runs,
   * and it can be interrupted. What it returns is awaited.
   */
  onMessage(data: Content): unknown;
  /** How `onMessage` failed or was interrupted; shown below the cell that opened the comm if left out. */
  onFailure?(failure: Failure): void;
}

export interface Comm {
  readonly id: string;
  /** Without effect once it is closed. */
  send(data: Content): void;
  close(): void;
}

interface OpenComm {
  readonly id: string;
  readonly target: string;
  /** The cell that opened it. */
  readonly cell: Cell;
  readonly options: CommOptions;
}

export interface Comms {
  /** A comm lives until it is closed, or its cell is run again or deleted. */
  open(cell: Cell, target: string, data: Content, options: CommOptions): Comm;
  /** Takes in `comm_open`, `comm_msg` or `comm_close` of the page. */
  receive(request: Request): Promise<void>;
  /** Content of `comm_info_reply`. */
  info(target: unknown): Content;
  /** A cell is about to run: what it opened when it ran before goes with its old output. */
  closeOf(cell: Cell): void;
  /** The same for cells that the page says are no longer in the notebook; `cell` is the one that runs now. */
  closeRemoved(ids: unknown, cell: Cell): void;
}

/** Whether `again` is a later run of the cell: by its id, or by its code where the client sends none. */
const isSame = (cell: Cell, again: Cell) =>
  cell.id === undefined || again.id === undefined
    ? cell.id === again.id && cell.code === again.code
    : cell.id === again.id;

/**
 * @param call Runs a callback in the course of a cell, as the code of a cell is run.
 * @param running The cell to which the running code belongs.
 */
export function createComms(
  wire: Wire,
  call: (cell: Cell, callback: () => unknown) => Promise<Outcome>,
  running: () => Cell | undefined,
): Comms {
  const comms = new Map<string, OpenComm>();
  /** The page knows that these are closed: JupyterLab takes it for an error to be told twice. */
  const told = new Set<string>();

  function close(comm: OpenComm, by: Cell): void {
    told.add(comm.id);
    if (comms.delete(comm.id)) by.output.comm("comm_close", { comm_id: comm.id, data: {} });
  }

  const closeAll = (by: Cell, isMeant: (cell: Cell) => boolean) => {
    for (const comm of [...comms.values()]) if (isMeant(comm.cell)) close(comm, by);
  };

  /** A message is handled in a cell of its own: as if it were the one that opened the comm, answering the message. */
  function cellFor({ cell }: OpenComm, { message }: Request): Cell {
    const comm = (type: string, content: Content, metadata?: Content) =>
      wire.publish(type, message.header, content, metadata);
    return createCell({ ...pick(cell), output: { ...cell.output, comm } });
  }

  async function deliver(comm: OpenComm, request: Request): Promise<void> {
    const cell = cellFor(comm, request);
    const data = (request.message.content.data ?? {}) as Content;
    const outcome = await call(cell, () => comm.options.onMessage(data));
    if (outcome.status === "ok") return;
    runInCell(cell, () => {
      if (comm.options.onFailure === undefined) cell.output.error(outcome.failure);
      else comm.options.onFailure(outcome.failure);
    });
  }

  return {
    open(cell, target, data, options) {
      const comm: OpenComm = { id: randomUUID(), target, cell, options };
      const { id } = comm;
      comms.set(id, comm);
      cell.output.comm("comm_open", { comm_id: id, target_name: target, data }, options.metadata);
      return {
        id,
        send(sent) {
          if (comms.has(id)) (running() ?? cell).output.comm("comm_msg", { comm_id: id, data: sent });
        },
        close: () => close(comm, running() ?? cell),
      };
    },
    async receive(request) {
      const { content, header } = request.message;
      const id = String(content.comm_id);
      const comm = comms.get(id);
      if (header.msg_type === "comm_close") {
        comms.delete(id);
        told.add(id);
      } else if (comm !== undefined && header.msg_type === "comm_msg") await deliver(comm, request);
      // Nothing here answers to this: closing is how a kernel says so.
      else if (!told.has(id)) {
        told.add(id);
        wire.publish("comm_close", header, { comm_id: id, data: {} });
      }
    },
    info(target) {
      const meant = [...comms.values()].filter((comm) => target === undefined || comm.target === target);
      return {
        status: "ok",
        comms: Object.fromEntries(meant.map((comm) => [comm.id, { target_name: comm.target }])),
      };
    },
    closeOf: (again) => closeAll(again, (cell) => isSame(cell, again)),
    closeRemoved(ids, by) {
      if (Array.isArray(ids)) closeAll(by, (cell) => cell.id !== undefined && ids.includes(cell.id));
    },
  };
}

const pick = ({ id, executionCount, code, scriptName }: Cell) => ({ id, executionCount, code, scriptName });

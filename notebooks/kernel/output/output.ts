import type { Busy } from "../protocol/busy-display.ts";
import type { Content } from "../protocol/wire.ts";
import type { Failure } from "./errors.ts";
import { type MimeBundle, toJsonBundle } from "./mime.ts";

export type StreamName = "stdout" | "stderr";

/** Options of a display; `update` rewrites the one that `displayId` names. */
export interface DisplayOptions {
  displayId?: string;
  update?: boolean;
  metadata?: Record<string, unknown>;
}

/** Everything one cell puts out, in the order in which it does. */
export interface CellOutput {
  write(stream: StreamName, text: string): void;
  display(data: MimeBundle, options?: DisplayOptions): void;
  result(data: MimeBundle, executionCount: number): void;
  error(failure: Failure): void;
  busy(busy: Busy): void;
  /** Nothing has been put out yet that stays. */
  readonly isEmpty: boolean;
  /** A message of a comm, for the page. */
  comm(msgType: string, content: Content, metadata?: Content): void;
}

export function createCellOutput(
  send: (msgType: string, content: Content, metadata?: Content) => void,
  busy: (busy: Busy) => void,
): CellOutput {
  let isEmpty = true;
  const publish: typeof send = (...message) => {
    isEmpty = false;
    send(...message);
  };
  return {
    get isEmpty() {
      return isEmpty;
    },
    write(name, text) {
      if (text !== "") publish("stream", { name, text });
    },
    display(data, { displayId, update = false, metadata = {} } = {}) {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      const content = { data: toJsonBundle(data), metadata: toJsonBundle(metadata), transient };
      publish(update ? "update_display_data" : "display_data", content);
    },
    result(data, executionCount) {
      publish("execute_result", { data, metadata: {}, execution_count: executionCount });
    },
    error: (failure) => publish("error", { ...failure }),
    busy,
    comm: publish,
  };
}

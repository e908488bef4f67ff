import type { Busy } from "./busy-display.ts";
import type { Content, Header, Message } from "./wire.ts";

/** A request with the time at which it reached the kernel, on the monotonic clock, in ns. */
export interface Request {
  message: Message;
  arrived: bigint;
}

/** How the main thread talks to the front ends. */
export interface Wire {
  publish(msgType: string, parent: Message["parent"], content: Content, metadata?: Content): void;
  busy(parent: Header, busy: Busy): void;
  reply(request: Message, content: Content, metadata?: Content): void;
}

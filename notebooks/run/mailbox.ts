import { Dealer, type Subscriber } from "zeromq";
import {
  type Connection,
  type Content,
  createHeader,
  decode,
  encode,
  type Message,
} from "../kernel/protocol/wire.ts";

/** The reply to a request and what was published in its course, in order. */
export interface Answer {
  reply: Message;
  messages: Message[];
}

interface Pending {
  messages: Message[];
  hasReply: boolean;
  reply?: Message;
  idle: boolean;
  onMessage: ((message: Message) => void) | undefined;
  resolve(request: Pending): void;
  reject(error: Error): void;
}

/** Brings requests together with their replies and with what the kernel publishes for them. */
export interface Mailbox {
  /** Resolves when the reply has come and the kernel is idle again. */
  send(
    socket: Dealer,
    type: string,
    content: Content,
    metadata?: Content,
    onMessage?: (message: Message) => void,
  ): Promise<Answer>;
  /** The same for a message that has no reply, by its whole type: resolves when the kernel is idle again. */
  tell(socket: Dealer, type: string, content: Content): Promise<Message[]>;
  /** Takes in what a socket receives, until it is closed. */
  listen(socket: Dealer | Subscriber): void;
  /** Called with every published message. */
  readonly listeners: Set<(message: Message) => void>;
  /** Rejects what has not been answered. */
  close(reason: () => string): void;
}

export function createMailbox(connection: Connection, session: string): Mailbox {
  const pending = new Map<string, Pending>();
  const listeners = new Set<(message: Message) => void>();
  let closed = false;

  function settle(request: Pending, id: string): void {
    if ((request.hasReply && request.reply === undefined) || !request.idle) return;
    pending.delete(id);
    request.resolve(request);
  }

  function take(message: Message, isPublished: boolean): void {
    if (isPublished) for (const listener of listeners) listener(message);
    const id = message.parent.msg_id ?? "";
    const request = pending.get(id);
    if (request === undefined) return;
    if (isPublished) {
      request.messages.push(message);
      request.onMessage?.(message);
      if (message.header.msg_type === "status") request.idle = message.content.execution_state === "idle";
    } else request.reply = message;
    settle(request, id);
  }

  async function receiveAll(socket: Dealer | Subscriber): Promise<void> {
    const isPublished = !(socket instanceof Dealer);
    try {
      for await (const frames of socket) take(decode(frames, connection.key), isPublished);
    } catch (error) {
      if (!closed) throw error;
    }
  }

  function post(
    socket: Dealer,
    type: string,
    content: Content,
    metadata: Content,
    onMessage: Pending["onMessage"],
    hasReply: boolean,
  ): Promise<Pending> {
    const header = createHeader(type, session);
    const message: Message = { identities: [], header, parent: {}, metadata, content };
    return new Promise((resolve, reject) => {
      if (closed) return reject(new Error("The kernel has ended"));
      pending.set(header.msg_id, { messages: [], hasReply, idle: false, onMessage, resolve, reject });
      socket.send(encode(message, connection.key)).catch(reject);
    });
  }

  return {
    listeners,
    async send(socket, type, content, metadata = {}, onMessage = undefined) {
      const { reply, messages } = await post(socket, `${type}_request`, content, metadata, onMessage, true);
      return { reply: reply as Message, messages };
    },
    tell: async (socket, type, content) => (await post(socket, type, content, {}, undefined, false)).messages,
    listen: (socket) => void receiveAll(socket),
    close(reason) {
      closed = true;
      for (const request of pending.values()) request.reject(new Error(reason()));
      pending.clear();
    },
  };
}

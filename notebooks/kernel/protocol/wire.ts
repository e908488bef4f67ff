import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Ports and key that Jupyter writes into the connection file. */
export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: "hmac-sha256";
  kernel_name?: string;
}

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** Content of a message; what is in it depends on `msg_type`. */
export type Content = Record<string, unknown>;

/** One Jupyter message. `identities` is the routing prefix of the socket it came from. */
export interface Message {
  identities: Uint8Array[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
}

export const protocolVersion = "5.4";
const delimiter = "<IDS|MSG>";

/** A header with a fresh id. */
export function createHeader(msgType: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: msgType,
    session,
    username: "flowlab",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
}

function sign(parts: readonly (string | Uint8Array)[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** Frames of a message: routing prefix, delimiter, signature, then the four JSON parts. */
export function encode(message: Message, key: string): (string | Uint8Array)[] {
  const { header, parent, metadata, content } = message;
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
  return [...message.identities, delimiter, sign(parts, key), ...parts];
}

/**
 * Message in the frames of a socket.
 * @throws Error if the delimiter is missing or the signature is not that of `key`.
 */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const split = frames.findIndex((frame) => Buffer.from(frame).equals(Buffer.from(delimiter)));
  if (split < 0 || frames.length < split + 6) {
    throw new Error(
      `Not a Jupyter message: expected ${delimiter} and five parts; got ${frames.length} frames`,
    );
  }
  const signature = Buffer.from(frames[split + 1] as Uint8Array);
  const parts = frames.slice(split + 2, split + 6);
  const expected = Buffer.from(sign(parts, key));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new Error("Jupyter message with a wrong signature: it was not signed with this kernel's key");
  }
  const [header, parent, metadata, content] = parts.map((part) =>
    JSON.parse(Buffer.from(part).toString("utf8")),
  );
  return { identities: frames.slice(0, split), header, parent, metadata, content };
}

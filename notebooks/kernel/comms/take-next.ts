import type { Request } from "../protocol/request.ts";
import type { Content } from "../protocol/wire.ts";

/** The request to handle next, and older ones that it stands for, too. */
export interface Next {
  readonly request: Request;
  readonly superseded: readonly Request[];
}

interface Update extends Content {
  readonly method: "update";
  readonly state: Content;
}

const isComm = ({ message }: Request) => message.header.msg_type === "comm_msg";

/** The change of a widget's state that a message carries; undefined if it is about something else. */
function updateOf({ message }: Request): Update | undefined {
  const data = message.content.data as Content | undefined;
  const isUpdate = data?.method === "update" && typeof data.state === "object" && data.state !== null;
  return isUpdate ? (data as Update) : undefined;
}

/**
 * Takes the next request from the queue: messages of a comm go before cells that wait, so that a slider answers between
 * two cells of a Run All; and of a widget's changes that have come together only the last is handled, with the values
 * of all, so that a picture never runs after the hand.
 */
export function takeNext(queue: Request[]): Next | undefined {
  const at = Math.max(0, queue.findIndex(isComm));
  const [first] = queue.splice(at, 1);
  if (first === undefined) return undefined;
  if (!isComm(first) || updateOf(first) === undefined) return { request: first, superseded: [] };
  const id = first.message.content.comm_id;
  const all = [first, ...queue.filter((next) => isComm(next) && next.message.content.comm_id === id)];
  // A message of another kind divides those before it from those after it.
  const other = all.findIndex((request) => updateOf(request) === undefined);
  const updates = other < 0 ? all : all.slice(0, other);
  for (const request of updates.slice(1)) queue.splice(queue.indexOf(request), 1);
  const last = updates.at(-1) as Request;
  const state = Object.assign({}, ...updates.map((request) => updateOf(request)?.state));
  const content = { ...last.message.content, data: { ...updateOf(last), state } };
  return {
    request: { ...last, message: { ...last.message, content } },
    superseded: updates.slice(0, -1),
  };
}

import type { Content, Message } from "../kernel/protocol/wire.ts";

/** An output as nbformat 4.5 stores it. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: Content; metadata: Content }
  | { output_type: "execute_result"; data: Content; metadata: Content; execution_count: number }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

function toOutput(message: Message): Output | undefined {
  const { content, header } = message;
  switch (header.msg_type) {
    case "stream":
      return { output_type: "stream", ...(content as { name: "stdout"; text: string }) };
    case "display_data": {
      const { data, metadata } = content as { data: Content; metadata: Content };
      return { output_type: "display_data", data, metadata };
    }
    case "execute_result":
      return {
        output_type: "execute_result",
        ...(content as { data: Content; metadata: Content; execution_count: number }),
      };
    case "error":
      return { output_type: "error", ...(content as { ename: string; evalue: string; traceback: string[] }) };
    default:
      return undefined;
  }
}

const displayId = (message: Message) =>
  (message.content.transient as { display_id?: string } | undefined)?.display_id;

/** Outputs of a cell from what the kernel published: text of one stream joined, displays updated in place. */
export function collectOutputs(messages: readonly Message[]): Output[] {
  const outputs: Output[] = [];
  const displays = new Map<string, Extract<Output, { output_type: "display_data" }>[]>();
  for (const message of messages) {
    const id = displayId(message);
    if (message.header.msg_type === "update_display_data") {
      for (const shown of displays.get(id ?? "") ?? []) shown.data = message.content.data as Content;
      continue;
    }
    if (message.header.msg_type === "clear_output") {
      outputs.length = 0;
      displays.clear();
      continue;
    }
    const output = toOutput(message);
    const last = outputs.at(-1);
    if (output?.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
      continue;
    }
    if (output === undefined) continue;
    outputs.push(output);
    if (id !== undefined && output.output_type === "display_data") {
      displays.set(id, [...(displays.get(id) ?? []), output]);
    }
  }
  return outputs;
}

/** The page's end of a live slider, for tests: what a front end keeps of the messages of its widgets. */
import type { Execution, Kernel } from "../../run/client.ts";
import type { Content, Message } from "../protocol/wire.ts";

export interface Opened {
  readonly id: string;
  readonly state: Content;
  readonly metadata: Content;
}

/** The widgets that a cell has opened, by the name of their model; of several sliders by their description. */
export function widgetsOf({ messages }: Pick<Execution, "messages">): Record<string, Opened> {
  const opened = messages.filter(({ header }) => header.msg_type === "comm_open");
  return Object.fromEntries(
    opened.map(({ content, metadata }) => {
      const { state } = content.data as { state: Content };
      const name = state._model_name === "FloatSliderModel" ? state.description : state._model_name;
      return [String(name), { id: String(content.comm_id), state, metadata }];
    }),
  );
}

export const move = (kernel: Kernel, slider: Opened | undefined, value: number): Promise<Message[]> =>
  kernel.tell("comm_msg", {
    comm_id: slider?.id,
    data: { method: "update", state: { value }, buffer_paths: [] },
  });

/** The last state that messages bring of the widget. */
export function stateIn(messages: readonly Message[], widget: Opened | undefined): Content | undefined {
  const mine = messages.filter(
    ({ header, content }) => header.msg_type === "comm_msg" && content.comm_id === widget?.id,
  );
  return (mine.at(-1)?.content.data as { state: Content } | undefined)?.state;
}

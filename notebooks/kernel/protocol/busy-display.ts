import { randomUUID } from "node:crypto";
import type { Content, Header } from "./wire.ts";

/** What a cell says that it is doing. Without `doing` it is done. */
export interface Busy {
  id: string;
  doing?: string | undefined;
  /** Done, and the cell has put out nothing else: the display need not stay as an empty one. */
  alone?: boolean;
}

/** Most computations are done before somebody would wonder, ms; the others tell how long it has been. */
const saidAfter = 400;
const saidAgainAfter = 250;

const escapeText = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/**
 * Shows below a cell what it is doing and for how long, in one display that is empty at the end. It works in the thread
 * of the sockets, where its timer fires even while the cell is busy.
 */
export function createBusyDisplays(publish: (msgType: string, parent: Header, content: Content) => void) {
  const shown = new Map<string, { parent: Header; doing: string; end: (alone?: boolean) => void }>();

  function start(id: string, parent: Header, doing: string): void {
    const began = performance.now();
    const transient = { display_id: `busy-${randomUUID()}` };
    let said = false;
    const put = (data: Content) => {
      publish(said ? "update_display_data" : "display_data", parent, { data, metadata: {}, transient });
      said = true;
    };
    const say = () => {
      const text = `${display.doing} … ${((performance.now() - began) / 1000).toFixed(1)} s`;
      const html = `<span role="status" style="opacity:.75">${escapeText(text)}</span>`;
      put({ "text/html": html, "text/plain": text });
      timer = setTimeout(say, saidAgainAfter);
    };
    let timer = setTimeout(say, saidAfter);
    const end = (alone = false) => {
      clearTimeout(timer);
      shown.delete(id);
      if (said && alone) publish("clear_output", parent, { wait: false });
      else if (said) put({ "text/html": "", "text/plain": "" });
    };
    const display = { parent, doing, end };
    shown.set(id, display);
  }

  return {
    change(parent: Header, { id, doing, alone }: Busy): void {
      const display = shown.get(id);
      if (doing === undefined) display?.end(alone);
      else if (display) display.doing = doing;
      else start(id, parent, doing);
    },
    /** A cell that is interrupted does not come to say that it is done. */
    endAllOf(parent: Header): void {
      for (const display of [...shown.values()]) if (display.parent.msg_id === parent.msg_id) display.end();
    },
  };
}

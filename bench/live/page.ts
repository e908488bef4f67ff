/** From a key pressed on a slider to the picture redrawn, in JupyterLab in a headless Chromium. */
import type { Page, WebSocket } from "playwright-core";
import { startCourse } from "../../notebooks/browser/course.ts";
import { runAll } from "../../notebooks/browser/notebook-page.ts";
import { flows, prepare } from "./flows.ts";

/** Where the time of one move goes, in ms. */
export interface Move {
  /** From the key to the message that leaves the page. */
  readonly toMessage: number;
  /** From there until the kernel's cell thread has it: through Jupyter's server and the kernel's sockets. */
  readonly toKernel: number;
  /** Until the picture leaves the kernel. */
  readonly toPicture: number;
  /** Until it stands in the page's document. */
  readonly toDocument: number;
  /** Until the second frame after that. */
  readonly toFrame: number;
  readonly total: number;
}

export interface Redrawn {
  readonly title: string;
  readonly moves: readonly Move[];
}

/** In the page: notes when a key is pressed, and when the picture is put in place and seen. */
const watch = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  window.liveTimes = [];
  addEventListener("keydown", () => window.liveTimes.push({ key: now() }), true);
  for (const place of document.querySelectorAll(".widget-html-content")) {
    new MutationObserver(() => {
      const times = window.liveTimes.at(-1);
      if (!times || times.put) return;
      times.put = now();
      requestAnimationFrame(() => requestAnimationFrame(() => { times.frame = now(); }));
    }).observe(place, { childList: true });
  }
})()`;

interface Heard {
  readonly type: string;
  readonly date: number;
}

/** Jupyter's messages as they pass, with the time at which each was made: all on one machine's clock. */
function listen(page: Page): Heard[] {
  const heard: Heard[] = [];
  const hear = (payload: string | Buffer) => {
    // JSON, or frames in one binary message: the header is the first JSON that names a type and a date.
    const text = payload.toString();
    const type = /"msg_type": ?"(\w+)"/.exec(text)?.[1];
    const date = /"date": ?"([^"]+)"/.exec(text)?.[1];
    if (type !== undefined && date !== undefined) heard.push({ type, date: Date.parse(date) });
  };
  page.on("websocket", (socket: WebSocket) => {
    socket.on("framesent", ({ payload }) => hear(payload));
    socket.on("framereceived", ({ payload }) => hear(payload));
  });
  return heard;
}

export async function measurePage(moves: number): Promise<Redrawn[]> {
  const course = await startCourse();
  try {
    const measured: Redrawn[] = [];
    for (const { title, cell } of flows) {
      const { page } = await course.openCells([prepare, cell]);
      const heard = listen(page);
      // The socket is there already, and playwright tells of new ones only.
      await page.reload();
      await page.getByText("TypeScript (flowlab) | Idle").waitFor({ timeout: 60_000 });
      await runAll(page, 120_000);
      const handle = page.locator(".noUi-handle");
      await handle.waitFor({ timeout: 30_000 });
      await handle.focus();
      await page.evaluate(watch);
      const all: Move[] = [];
      for (let i = 0; i < moves + 3; i++) {
        heard.length = 0;
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction("window.liveTimes.at(-1)?.frame", undefined, {
          timeout: 30_000,
          polling: 10,
        });
        const times = (await page.evaluate("window.liveTimes.at(-1)")) as Record<
          "key" | "put" | "frame",
          number
        >;
        const [asked, picture] = heard.filter(({ type }) => type === "comm_msg");
        const busy = heard.find(({ type }) => type === "status");
        if (asked === undefined || busy === undefined || picture === undefined) continue;
        all.push({
          toMessage: asked.date - times.key,
          toKernel: busy.date - asked.date,
          toPicture: picture.date - busy.date,
          toDocument: times.put - picture.date,
          toFrame: times.frame - times.put,
          total: times.frame - times.key,
        });
      }
      measured.push({ title, moves: all.slice(3) });
      await page.close();
    }
    return measured;
  } finally {
    await course.close();
  }
}

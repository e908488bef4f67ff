const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const quietFor = 10_000;

/**
 * @typedef {object} Progress What a step tells of itself.
 * @property {(index: number, title: string) => void} start
 * @property {(text: string) => void} note
 * @property {(text: string) => void} succeed
 * @property {(text: string) => void} fail
 * @property {() => void} stop
 *
 * @typedef {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} Out
 */

/**
 * Shows which step runs, what it does and for how long: one moving line on a terminal, plain lines elsewhere.
 *
 * @param {number} count Number of steps in all.
 * @param {Out} [out]
 */
export function createProgress(count, out = process.stderr) {
  return out.isTTY ? onTerminal(count, out) : inLog(count, out);
}

/** @param {number} since */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(Date.now() - since < 10_000 ? 1 : 0)} s`;

/**
 * @param {number} count
 * @param {Out} out
 * @returns {Progress}
 */
function onTerminal(count, out) {
  /** @type {{ index: number, title: string, note: string, since: number, timer: NodeJS.Timeout } | undefined} */
  let current;
  const draw = () => {
    if (current === undefined) return;
    const { index, title, note, since } = current;
    const frame = frames[Math.floor((Date.now() - since) / 100) % frames.length];
    const line = `${frame} ${index}/${count} ${title} · ${note ? `${note} · ` : ""}${seconds(since)}`;
    out.write(`\r\x1b[K${line.slice(0, (out.columns ?? 80) - 1)}`);
  };
  /**
   * @param {string} mark
   * @param {string} text
   */
  const end = (mark, text) => {
    if (current === undefined) return;
    clearInterval(current.timer);
    out.write(`\r\x1b[K${mark} ${text} · ${seconds(current.since)}\n`);
    current = undefined;
  };
  return {
    start(index, title) {
      current = { index, title, note: "", since: Date.now(), timer: setInterval(draw, 100) };
      draw();
    },
    note(text) {
      if (current !== undefined) current.note = text;
    },
    succeed: (text) => end("✓", text),
    fail: (text) => end("✗", text),
    stop() {
      clearInterval(current?.timer);
      if (current !== undefined) out.write("\r\x1b[K");
    },
  };
}

/**
 * @param {number} count
 * @param {Out} out
 * @returns {Progress}
 */
function inLog(count, out) {
  const current = { index: 0, title: "", since: 0, said: 0, phase: "" };
  /** @param {string} text */
  const say = (text) => out.write(`[${current.index}/${count}] ${text}\n`);
  return {
    start(index, title) {
      Object.assign(current, { index, title, since: Date.now(), said: 0, phase: "" });
      say(`${title} …`);
    },
    note(text) {
      // "12 of 274 MB" and "13 of 274 MB" are one phase: repeat it only now and then.
      const phase = text.replace(/\d+/g, "");
      if (phase === current.phase && Date.now() - current.said < quietFor) return;
      Object.assign(current, { phase, said: Date.now() });
      say(`${current.title}: ${text} (${seconds(current.since)})`);
    },
    succeed: (text) => say(`${text} (${seconds(current.since)})`),
    fail: (text) => say(`${text} (${seconds(current.since)})`),
    stop() {},
  };
}

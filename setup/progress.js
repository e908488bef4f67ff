const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const quietFor = 10_000;

/**
 * Shows which step runs, what it does and for how long: one moving line on a terminal, plain lines elsewhere.
 *
 * @param count Number of steps in all.
 */
export function createProgress(count, out = process.stderr) {
  return out.isTTY ? onTerminal(count, out) : inLog(count, out);
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(Date.now() - since < 10_000 ? 1 : 0)} s`;

function onTerminal(count, out) {
  let current;
  const draw = () => {
    const { index, title, note, since } = current;
    const frame = frames[Math.floor((Date.now() - since) / 100) % frames.length];
    const line = `${frame} ${index}/${count} ${title} · ${note ? `${note} · ` : ""}${seconds(since)}`;
    out.write(`\r\x1b[K${line.slice(0, (out.columns ?? 80) - 1)}`);
  };
  const end = (mark, text) => {
    clearInterval(current?.timer);
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

function inLog(count, out) {
  let current;
  const say = (text) => out.write(`[${current.index}/${count}] ${text}\n`);
  return {
    start(index, title) {
      current = { index, title, since: Date.now(), said: 0, phase: "" };
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

// Says what is being done, for how long, and how it ended. Plain JavaScript: the first set-up needs it on any Node.
const QUIET_EVERY_MS = 15_000;

/** @param {number} ms */
export function seconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/**
 * One step of a longer work. On a terminal its line moves; elsewhere a line appears now and then, so that a log shows life.
 * @template T
 * @param {string} title
 * @param {(say: (detail: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const line = liveLine(title, started);
  try {
    const result = await work(line.say);
    line.end(`✓ ${title} (${seconds(Date.now() - started)})`);
    return result;
  } catch (failure) {
    line.end(`✗ ${title} (${seconds(Date.now() - started)})`);
    throw failure;
  }
}

/**
 * @param {string} title
 * @param {number} started
 */
function liveLine(title, started) {
  const live = process.stdout.isTTY;
  let detail = '';
  const show = () => {
    const text = `  ${title} … ${seconds(Date.now() - started)}${detail && `, ${detail}`}`;
    process.stdout.write(live ? `\r\x1b[2K${text.slice(0, (process.stdout.columns || 100) - 1)}` : `${text}\n`);
  };
  if (live) show();
  const timer = setInterval(show, live ? 500 : QUIET_EVERY_MS);
  return {
    /** @param {string} text */
    say: (text) => {
      detail = text;
    },
    /** @param {string} text */
    end: (text) => {
      clearInterval(timer);
      process.stdout.write(`${live ? '\r\x1b[2K' : ''}${text}\n`);
    },
  };
}

/** Charts may take this much of a frame; the rest of them are drawn in the next ones, so that keys and clicks get through. */
const BUDGET_MS = 10;

const waiting = new Map<object, () => void>();
let asked = false;

/** Draws at the next frame, once, however often it is asked for; the newest way of drawing counts. */
export function drawSoon(chart: object, draw: () => void): void {
  waiting.set(chart, draw);
  if (!asked) ask();
}

export function forget(chart: object): void {
  waiting.delete(chart);
}

function ask(): void {
  asked = true;
  requestAnimationFrame(drawWaiting);
}

function drawWaiting(): void {
  asked = false;
  const end = performance.now() + BUDGET_MS;
  for (const [chart, draw] of waiting) {
    waiting.delete(chart);
    draw();
    if (performance.now() >= end) break;
  }
  if (waiting.size > 0) ask();
}

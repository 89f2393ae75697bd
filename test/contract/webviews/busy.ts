import type { WebviewPreview } from '../../support/webview-preview.ts';

/** What `knownWork` takes of a processor that does nothing else. */
const QUIET_SECONDS = 0.1;

/**
 * Processor time of the page's own thread, as on a machine that does nothing else: what other programs do meanwhile takes
 * time on the wall, and slows the processor itself down. How much is told by a known piece of work, done before and after.
 */
export async function busySeconds({ page }: WebviewPreview, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const measure = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const spent = async (on: () => Promise<unknown>) => {
    const before = await measure();
    await on();
    return (await measure()) - before;
  };
  await page.evaluate(knownWork); // compiled
  const before = await spent(() => page.evaluate(knownWork));
  const seconds = await spent(work);
  const after = await spent(() => page.evaluate(knownWork));
  return seconds / Math.max(1, (before + after) / 2 / QUIET_SECONDS);
}

/** Runs in the page: objects, texts and lines, as charts are made of. */
function knownWork(): number {
  const context = document.createElement('canvas').getContext('2d');
  let length = 0;
  for (let round = 0; round < 450; round++) {
    const points = Array.from({ length: 1000 }, (_, at) => ({ x: at / 3, y: Math.sin(at + round) * 100 }));
    length += JSON.stringify(points).length;
    context?.beginPath();
    for (const { x, y } of points) context?.lineTo(x, y);
    context?.stroke();
  }
  return length;
}

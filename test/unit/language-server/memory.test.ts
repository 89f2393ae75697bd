import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const MEMORY = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'language-server', 'memory.ts')).href;

/** How many megabytes a process has less after a second than when it threw away what it had made. */
async function givenBack(silenceMs: number): Promise<number> {
  const script = `
    import { restInSilence } from ${JSON.stringify(MEMORY)};
    const heard = restInSilence(${silenceMs});
    let made = Array.from({ length: 1_500_000 }, (_, at) => ({ at, text: 'text ' + at }));
    const most = process.memoryUsage.rss();
    made = null;
    heard();
    setTimeout(() => console.log((most - process.memoryUsage.rss()) / 2 ** 20), 1000);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  return Number(stdout);
}

it('what is not needed any more goes back to the system in silence, and not before', async () => {
  expect(await givenBack(100)).toBeGreaterThan(50);
  expect(await givenBack(60_000)).toBeLessThan(20);
});

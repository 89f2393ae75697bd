import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const HOME = join(import.meta.dirname, '..', '..', '..', 'language-server');
const addressOf = (file: string): string => JSON.stringify(pathToFileURL(join(HOME, file)).href);

/** What a process says that rests after so much silence. */
async function said(silenceMs: number, script: string): Promise<string> {
  const whole = `
    import { rest } from ${addressOf('memory.ts')};
    import { Silence } from ${addressOf('silence.ts')};
    const silence = new Silence();
    silence.after(${silenceMs}, rest());
    ${script}`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', whole]);
  return stdout.trim();
}

/** How many megabytes a process has less after a second than when it threw away what it had made. */
const givenBack = async (silenceMs: number): Promise<number> =>
  Number(
    await said(
      silenceMs,
      `let made = Array.from({ length: 1_500_000 }, (_, at) => ({ at, text: 'text ' + at }));
       const most = process.memoryUsage.rss();
       made = null;
       silence.heard();
       setTimeout(() => console.log((most - process.memoryUsage.rss()) / 2 ** 20), 1000);`,
    ),
  );

it('what is not needed any more goes back to the system in silence, and not before', async () => {
  expect(await givenBack(100)).toBeGreaterThan(50);
  expect(await givenBack(60_000)).toBeLessThan(20);
});

it('who has made nothing since the start is not looked through', async () => {
  const script = `
    let collected = 0;
    new PerformanceObserver((list) => (collected += list.getEntries().filter(({ detail }) => detail.kind === 4).length))
      .observe({ type: 'gc' });
    setTimeout(() => console.log(collected), 500);`;
  expect(await said(100, `import { PerformanceObserver } from 'node:perf_hooks';${script}`)).toBe('0');
});

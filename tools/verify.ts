import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { prepareConformance } from './check/conformance.ts';
import { runStaticChecks } from './check/static.ts';
import type { Suite } from './check/suites.ts';
import { runSuites } from './check/suites.ts';
import { Tally } from './check/tally.ts';
import { canDriveBrowser } from './editor.ts';
import { onEnding } from './lib/exec.ts';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/root.ts';

const NO_BROWSER = `
!!! The end-to-end tests cannot run on ${process.platform}-${process.arch}: the browser that comes with them is for linux-x64.
!!! Set CHROME_PATH to a Chromium or Chrome, or leave them out knowingly with \`npm test -- --without-e2e\`.
`;

/** Younger ones may belong to a run beside this one. */
const OLD_MS = 60 * 60_000;

// everything that is known about the product, from the cheapest to the dearest; a failure does not hide the next one
const tally = new Tally();
onEnding(() => process.exit(130));
const withoutEndToEnd = process.argv.includes('--without-e2e');
clearOldPictures(join(ROOT, 'test-results'));
await step('Building', build);
await runStaticChecks(tally);
await runSuites(['architecture', 'unit'], tally);
// together: each of them leaves the processor free now and then, while it waits for a window, a program, a disk
const suites: Suite[] = ['contract'];
if (await prepareConformance(tally, { isNeeded: process.env.CI === 'true' })) suites.push('conformance');
if (withoutEndToEnd) console.log('\n!!! The end-to-end tests were left out, as asked.\n');
else if (canDriveBrowser()) suites.push('e2e');
else {
  console.error(NO_BROWSER);
  tally.count(NO_BROWSER.trim());
}
await runSuites(suites, tally, ['--maxWorkers=3']);
tally.finish();

/** Pictures of failures that an earlier run left. */
function clearOldPictures(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}

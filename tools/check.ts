import { runStaticChecks } from './check/static.ts';
import { runSuites } from './check/suites.ts';
import { Tally } from './check/tally.ts';
import { onEnding } from './lib/exec.ts';

// what an engineer runs before each commit: everything that needs no other process
const tally = new Tally();
onEnding(() => process.exit(130));
await runStaticChecks(tally);
await runSuites(['architecture', 'unit'], tally);
tally.finish();

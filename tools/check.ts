import { runStaticChecks } from './check/static.ts';
import { runSuites } from './check/suites.ts';
import { Tally } from './check/tally.ts';

// what an engineer runs before each commit: everything that needs no other process
const tally = new Tally();
await runStaticChecks(tally);
await runSuites(['architecture', 'unit'], tally);
tally.finish();

/** Holds the daemon, and a real MLflow server beside it, against MLflow's own client: `npm run conformance`. */
import { runConformance } from './check/conformance.ts';
import { Tally } from './check/tally.ts';
import { onEnding } from './lib/exec.ts';

const tally = new Tally();
process.env.CRISOL_CONFORMANCE_PEER = '1';
onEnding(() => process.exit(130));
await runConformance(tally, { isNeeded: true, more: process.argv.slice(2) });
tally.finish();

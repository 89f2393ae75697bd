/** Holds the daemon, and a real MLflow server beside it, against MLflow's own client: `npm run conformance`. */
import { prepareConformance } from './check/conformance.ts';
import { runSuites } from './check/suites.ts';
import { Tally } from './check/tally.ts';
import { onEnding } from './lib/exec.ts';

const tally = new Tally();
process.env.CRISOL_CONFORMANCE_PEER = '1';
onEnding(() => process.exit(130));
if (await prepareConformance(tally, { isNeeded: true })) await runSuites(['conformance'], tally, process.argv.slice(2));
tally.finish();

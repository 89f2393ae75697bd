/** The daemon's own rooms and HTTP, as its main.ts puts them together, without what is not measured. */
import { join } from 'node:path';
import { systemClock } from '../../../daemon/base/clock.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import { mlflowRoutes } from '../../../daemon/http/mlflow/routes.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { trackingTopics } from '../../../daemon/ws/topics/tracking.ts';

const TOKEN = 'bench';
const [file = ''] = process.argv.slice(2);
const store = new Store({ file, migrations, backups: join(file, '..', 'backups'), clock: systemClock });
const tracking = createTracking({ store, clock: systemClock });
trackingTopics({ hub: new Hub('bench'), tracking, clock: systemClock });
const guard = new Guard(TOKEN);
const logger = { info() {}, warn: console.warn, error: console.error };
const app = createHttp({ guard, logger, onRequest() {} });
mlflowRoutes(app, tracking);
const port = await listen(app, 0);
guard.allowPort(port);
const run = await tracking.runs.start({ experiment_id: '0' });
process.send?.({ port, runId: run.run_id, token: TOKEN });

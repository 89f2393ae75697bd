import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { RunSource } from '../../../schemas/wire/run-source.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';

const RunParams = Type.Object({ run_id: Type.String() });

export function runSourceRoutes(app: App, { runs, provenance }: Pick<Tracking, 'runs' | 'provenance'>): void {
  app.get(
    `${APP_PREFIX}/runs/:run_id/source`,
    { schema: { params: RunParams, response: { 200: RunSource } } },
    ({ params }) => provenance.ofRun(runs.get(params.run_id)),
  );
}

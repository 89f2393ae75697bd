import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { RunDataset } from '../../../schemas/wire/run-inputs.ts';
import { RunInputs } from '../../../schemas/wire/run-inputs.ts';
import { RunSource } from '../../../schemas/wire/run-source.ts';
import type { RunLinks, Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';

const RunParams = Type.Object({ run_id: Type.String() });

/** What ran, and what it read. */
export function runSourceRoutes(app: App, tracking: Pick<Tracking, 'runs' | 'provenance' | 'inputs'>): void {
  const { runs, provenance, inputs } = tracking;
  app.get(
    `${APP_PREFIX}/runs/:run_id/source`,
    { schema: { params: RunParams, response: { 200: RunSource } } },
    ({ params }) => provenance.ofRun(runs.get(params.run_id)),
  );

  app.get(
    `${APP_PREFIX}/runs/:run_id/inputs`,
    { schema: { params: RunParams, response: { 200: RunInputs } } },
    ({ params }) => {
      const { datasets, input_models } = inputs.ofRun(runs.get(params.run_id).run_id);
      return { datasets: datasets.map(toDataset), model_ids: input_models };
    },
  );
}

function toDataset({ dataset, context }: RunLinks['datasets'][number]): RunDataset {
  return { ...dataset, context: context ?? null };
}

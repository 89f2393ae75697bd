import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { RunCurves } from '../../../schemas/wire/run-curves.ts';
import { CurvesQuery } from '../../../schemas/wire/run-curves.ts';
import type { RunDetail } from '../../../schemas/wire/tracking.ts';
import type { Tracking } from '../../tracking/index.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import { toRun } from './run-records.ts';

/** The series of many runs at once. */
export function runCurvesRoutes(app: App, tracking: Pick<Tracking, 'runs' | 'series' | 'family'>): void {
  app.post(`${APP_PREFIX}/runs/curves`, { schema: { body: CurvesQuery } }, async ({ body }, reply) => {
    const { run_ids, points, keys, details } = body;
    const curves = await tracking.series.ofRuns(run_ids, { points, keys });
    const known = details ? detailsOf(tracking, [...curves.keys()]) : undefined;
    const answer = run_ids.map((run_id): RunCurves => {
      const series = curves.get(run_id) ?? [];
      return known ? { run_id, run: known.get(run_id) ?? null, series } : { run_id, series };
    });
    return sendJsonText(reply, texts(answer));
  });
}

function detailsOf({ runs, family }: Pick<Tracking, 'runs' | 'family'>, ids: string[]): Map<string, RunDetail> {
  const kin = family.ofRuns(ids);
  const found = new Map<string, RunDetail>();
  for (const id of ids) {
    const known = runs.find(id);
    if (!known || known.deleted) continue;
    found.set(id, { ...toRun(known), ...kin.get(id) });
  }
  return found;
}

/** Run by run: the daemon never holds the text of all of them. */
function* texts(runs: readonly RunCurves[]): Generator<string> {
  let start = '{"runs":[';
  for (const run of runs) {
    yield start + JSON.stringify(run);
    start = ',';
  }
  yield ']}';
}

import { toMetricNumber } from '../../../../schemas/wire/common.ts';
import type { ArtifactRoots } from '../artifact-roots.ts';
import type { Problems } from '../problems.ts';
import type { SeriesPart, SourceRun } from '../source.ts';
import { PART } from '../source.ts';
import { numberOf, splitName, stateOf } from '../words.ts';
import { readLinks } from './links.ts';
import type { MlflowDatabase, Row } from './repository.ts';
import { pairsOf, text, time } from './rows.ts';

export interface DatabaseParts {
  db: MlflowDatabase;
  roots: ArtifactRoots;
  problems: Problems;
}

export function readRun({ db, roots, problems }: DatabaseParts, runId: string): SourceRun | undefined {
  const [row] = db.rows('runs', { run_uuid: runId });
  if (!row) return undefined;
  const ofRun = { run_uuid: runId };
  const { name, tags } = splitName(text(row.name), pairsOf(db.rows('tags', ofRun)));
  return {
    run: {
      run_id: runId,
      name,
      user: text(row.user_id),
      state: stateOf(text(row.status)),
      started_at: time(row.start_time) ?? 0,
      ended_at: time(row.end_time) ?? null,
      params: pairsOf(db.rows('params', ofRun)),
      tags,
      ...readLinks(db, runId),
    },
    deleted: row.lifecycle_stage === 'deleted',
    artifacts: roots.find(text(row.artifact_uri)),
    points: () => readPoints(db, problems, runId),
  };
}

function* readPoints(db: MlflowDatabase, problems: Problems, runId: string): Iterable<SeriesPart> {
  let after = -1;
  for (;;) {
    const page = db.points(runId, after, PART);
    for (const [key, rows] of Map.groupBy(page, (row) => text(row.key))) {
      const points = rows.flatMap((row) => pointOf(row) ?? []);
      if (points.length < rows.length) problems.note(`${runId} ${key}`, 'Some of its points have no time.');
      const parts = points.map(({ point }) => point);
      if (parts.length > 0) yield { key, points: parts };
    }
    if (page.length < PART) return;
    after = Number(page.at(-1)?.place);
  }
}

function pointOf(row: Row): { point: SeriesPart['points'][number] } | undefined {
  const [timestamp, step] = [time(row.timestamp), Number(row.step ?? 0)];
  if (timestamp === undefined || !Number.isSafeInteger(step)) return undefined;
  const value = row.is_nan ? Number.NaN : numberOf(Number(row.value));
  return { point: [step, timestamp, toMetricNumber(value)] };
}

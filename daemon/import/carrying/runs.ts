import type { SeriesPart, SourceRun } from '../reading/index.ts';
import { PART } from '../reading/index.ts';
import type { FilesParts } from './files.ts';
import { sendFiles } from './files.ts';

/** A run as it is there: first what is known of it, then its points and files, and at last that this was all. */
export async function carryRun(parts: FilesParts, source: SourceRun, experimentId: string): Promise<void> {
  const { target, tally } = parts;
  const { run_id } = source.run;
  const { state, artifact_path } = await target.run({ ...source.run, experiment_id: experimentId });
  if (state === 'known') {
    tally.known_runs++;
    return;
  }
  const points = await sendPoints(parts, source);
  const files = await sendFiles(parts, source.artifacts, artifact_path, state === 'continued');
  await target.completeRun(run_id, source.deleted);
  // one that still runs there is looked at each time
  if (state === 'new' || points + files > 0) tally.runs++;
  else tally.known_runs++;
}

async function sendPoints({ target, tally, signal }: FilesParts, { run, points }: SourceRun): Promise<number> {
  let sum = 0;
  for (const series of bundles(points())) {
    signal.throwIfAborted();
    const added = await target.points(run.run_id, series);
    tally.points += added;
    sum += added;
  }
  return sum;
}

/** Short series go together: a request for each would cost more than what is in it. */
function* bundles(parts: Iterable<SeriesPart>): Iterable<SeriesPart[]> {
  let bundle: SeriesPart[] = [];
  let size = 0;
  for (const part of parts) {
    if (size > 0 && size + part.points.length > PART) {
      yield bundle;
      bundle = [];
      size = 0;
    }
    bundle.push(part);
    size += part.points.length;
  }
  if (size > 0) yield bundle;
}

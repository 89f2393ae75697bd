import type { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { OpenRun, OpenRuns } from './metrics/open-runs.ts';
import type { Points } from './metrics/points.ts';
import type { Batch, KeyValue, LoggedMetric, TrackingChange } from './records.ts';
import type { RunRepository } from './runs/repository.ts';
import type { Writer } from './writer.ts';

export interface RunLogParts {
  writer: Writer;
  openRuns: OpenRuns;
  points: Points;
  runs: RunRepository;
  changes: Emitter<TrackingChange>;
}

/** What scripts log to a run. Each call answers once its data is committed. */
export class RunLog {
  private readonly parts: RunLogParts;

  constructor(parts: RunLogParts) {
    this.parts = parts;
  }

  /** The hottest path of the product: nothing in it that need not be there. */
  async metric(runId: string, point: LoggedMetric): Promise<void> {
    const { writer, openRuns, points, changes } = this.parts;
    const added = await writer.write(() => points.add(openRuns.get(runId), point));
    if (added) changes.emit({ type: 'points', run_id: runId, points: [point] });
  }

  /** All of it or nothing. */
  async batch(runId: string, { metrics = [], params = [], tags = [] }: Batch): Promise<void> {
    const { writer, openRuns, points, runs, changes } = this.parts;
    const { run, added } = await writer.write(() => {
      const open = openRuns.get(runId);
      for (const param of params) this.addParam(runId, open, param);
      for (const tag of tags) runs.setTag(open.run_no, tag);
      return { run: open, added: metrics.filter((point) => points.add(open, point)) };
    });
    if (added.length > 0) changes.emit({ type: 'points', run_id: runId, points: added });
    if (params.length + tags.length > 0) this.announce(runId, run);
  }

  async deleteTag(runId: string, key: string): Promise<void> {
    const { writer, openRuns, runs } = this.parts;
    const run = await writer.write(() => {
      const open = openRuns.get(runId);
      if (runs.deleteTag(open.run_no, key)) return open;
      throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `No tag with name: ${key} in run with id ${runId}`);
    });
    this.announce(runId, run);
  }

  /** A param is written once; saying the same again is fine. */
  private addParam(runId: string, run: OpenRun, param: KeyValue): void {
    const before = this.parts.runs.param(run.run_no, param.key);
    if (before === undefined) this.parts.runs.insertParam(run.run_no, param);
    else if (before !== param.value) {
      throw new CrisolError(
        'INVALID_PARAMETER_VALUE',
        `Changing param values is not allowed. Param with key='${param.key}' was already logged with value='${before}' ` +
          `for run ID='${runId}'. Attempted logging new value '${param.value}'.`,
      );
    }
  }

  private announce(runId: string, run: OpenRun): void {
    this.parts.changes.emit({ type: 'run', run_id: runId, experiment_id: run.experiment_id });
  }
}

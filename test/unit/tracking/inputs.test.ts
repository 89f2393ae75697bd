import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetInput, ModelOutput, TrackingChange } from '../../../daemon/tracking/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
let runId: string;
beforeEach(async () => {
  room = openTracking();
  runId = await newRun();
});
afterEach(() => room.close());

const newRun = async () => (await room.tracking.runs.start({ experiment_id: '0' })).run_id;
const input = (name: string, context: string, source = 'matches.csv'): DatasetInput => ({
  dataset: { name, digest: 'd1', source_type: 'local', source },
  context,
  tags: [{ key: 'why', value: context }],
});
const log = (id: string, inputs: DatasetInput[], models: string[] = []) => room.tracking.inputs.log(id, inputs, models);
const logOutputs = (id: string, models: ModelOutput[]) => room.tracking.inputs.logOutputs(id, models);
const ofRun = (id: string) => room.tracking.inputs.ofRun(id);

describe('what a run took in and gave out', () => {
  it('is told of that run, and of several at once, leaving out those with nothing', async () => {
    expect(ofRun(runId)).toEqual({ datasets: [], input_models: [], output_models: [] });
    await log(runId, [input('train', 'training'), input('test', 'testing')], ['m-1']);
    await logOutputs(runId, [
      { model_id: 'm-3', step: 7 },
      { model_id: 'm-2', step: 0 },
    ]);
    const links = {
      datasets: [input('train', 'training'), input('test', 'testing')],
      input_models: ['m-1'],
      output_models: [
        { model_id: 'm-3', step: 7 },
        { model_id: 'm-2', step: 0 },
      ],
    };
    expect(ofRun(runId)).toEqual(links);
    expect(room.tracking.inputs.ofRuns([await newRun(), runId])).toEqual(new Map([[runId, links]]));
  });

  it('is the same however often it is said, as clients do that send a request again', async () => {
    for (let again = 0; again < 2; again++) {
      await log(runId, [input('train', 'training')], ['m-1']);
      await logOutputs(runId, [{ model_id: 'm-2', step: 3 }]);
    }
    const { datasets, input_models, output_models } = ofRun(runId);
    expect([datasets.length, input_models, output_models]).toEqual([1, ['m-1'], [{ model_id: 'm-2', step: 3 }]]);
  });

  it('holds a dataset once an experiment: its first source stays, each run says what for', async () => {
    const other = await newRun();
    await log(runId, [input('train', 'training', 'first.csv')]);
    await log(other, [input('train', 'validation', 'second.csv')]);
    expect(ofRun(other).datasets).toEqual([input('train', 'validation', 'first.csv')]);
    expect(room.tracking.inputs.datasets(['0'])).toEqual([
      { experiment_id: '0', name: 'train', digest: 'd1', context: 'training' },
      { experiment_id: '0', name: 'train', digest: 'd1', context: 'validation' },
    ]);
    expect(room.tracking.inputs.datasets(['7', 'nonsense'])).toEqual([]);
  });

  it('is written whole or not at all', async () => {
    await logOutputs(runId, [{ model_id: 'm-2', step: 3 }]);
    const refused = logOutputs(runId, [
      { model_id: 'm-9', step: 0 },
      { model_id: 'm-2', step: 4 },
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(ofRun(runId).output_models).toEqual([{ model_id: 'm-2', step: 3 }]);
  });

  it('is announced, and refused of runs that are deleted or missing', async () => {
    const changes: TrackingChange[] = [];
    room.tracking.changes.on((change) => changes.push(change));
    await log(runId, [input('train', 'training')]);
    await logOutputs(runId, [{ model_id: 'm-2', step: 3 }]);
    expect(changes).toEqual(Array(2).fill({ type: 'run', run_id: runId, experiment_id: '0' }));
    await room.tracking.runs.delete(runId);
    await expect(log(runId, [input('test', 'testing')])).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(logOutputs('nobody', [])).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});

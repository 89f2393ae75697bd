import { afterEach, describe, expect, it } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { waitFor } from '../../support/wait-for.ts';
import { PipelineHouse, reasonOf } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

const SCRIPT = `
      echo "$CRISOL_FOLD of $CRISOL_FOLDS" >> seen.log
      echo "this is $CRISOL_FOLD"
      if [ -e out.txt ]; then exit 9; fi
      if [ "$CRISOL_FOLD" = "$(cat fail-at 2>/dev/null)" ]; then exit 4; fi
      while [ -e hold ] && [ "$CRISOL_FOLD" = 2 ]; do sleep 0.02; done
      echo "{\\"rows\\": $(wc -l < "$CRISOL_FOLD_TEST"), \\"fold\\": $CRISOL_FOLD}" > m.json
      cp "$CRISOL_FOLD_TEST" out.txt`;

const yaml = (folds: string) => `
steps:
  cv:
    run: |${SCRIPT}
    folds: {data: data.csv, ${folds}}
    outs: [out.txt]
    metrics: [m.json]
  after: {run: 'echo "\${{ steps.cv.metrics.rows }}" > after.txt', outs: [after.txt]}
`;
const CSV = ['class,value', ...Array.from({ length: 10 }, (_, row) => `${row % 2 === 0 ? 'a' : 'b'},${row}`)].join(
  '\n',
);

const open = (folds: string) => {
  house = new PipelineHouse(yaml(folds));
  house.workspace.write('data.csv', `${CSV}\n`);
};
const cvOf = ({ steps }: PipelineRun) => steps.find(({ name }) => name === 'cv');
const metricsOf = (runId: string | null | undefined) =>
  Object.fromEntries((house.tracking.runs.find(runId ?? '')?.metrics ?? []).map(({ key, value }) => [key, value]));
const rowsIn = (text: string) => text.trim().split('\n').map(Number);

describe('a step with folds', () => {
  it('runs once a fold, each a run below its own, which has means and deviations; its outs are those of the last', async () => {
    open('kind: kfold, k: 3');
    const run = await house.run();
    expect(run.state).toBe('succeeded');
    const cv = cvOf(run);
    expect(house.workspace.read('seen.log')).toBe('1 of 3\n2 of 3\n3 of 3\n');
    expect(cv?.folds?.map(({ number, state }) => [number, state])).toEqual([
      [1, 'succeeded'],
      [2, 'succeeded'],
      [3, 'succeeded'],
    ]);
    expect(cv?.folds?.map(({ run_id }) => metricsOf(run_id))).toEqual([
      { fold: 1, rows: 4 },
      { fold: 2, rows: 3 },
      { fold: 3, rows: 3 },
    ]);
    for (const { run_id, number } of cv?.folds ?? []) {
      const tags = house.tracking.runs.find(run_id ?? '')?.tags;
      expect(tags).toContainEqual({ key: 'mlflow.parentRunId', value: cv?.child_run_id });
      expect(tags).toContainEqual({ key: 'crisol.fold', value: String(number) });
      expect(house.stateInTracking(run_id ?? '')).toBe('succeeded');
    }
    const own = metricsOf(cv?.child_run_id);
    expect(own).toMatchObject({ fold: 2, fold_std: 1 });
    expect(own.rows).toBeCloseTo(10 / 3, 12);
    expect(own.rows_std).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(Number(house.workspace.read('after.txt'))).toBeCloseTo(10 / 3, 12);
    expect(rowsIn(house.workspace.read('out.txt'))).toEqual([7, 8, 9]);
    expect(await house.log(run.run_id, 'cv')).toBe('this is 3\n');
    expect(await house.log(run.run_id, 'cv fold 2')).toBe('this is 2\n');
    await expect(house.log(run.run_id, 'cv fold 4')).rejects.toThrow('no step "cv fold 4"');
  });

  it('is cached like any other; how rows are divided is a part of its work', async () => {
    open('kind: kfold, k: 2');
    const first = await house.run();
    const again = await house.run();
    expect(again.steps.map(({ cached }) => cached)).toEqual([true, true]);
    expect(cvOf(again)?.folds).toMatchObject(
      (cvOf(first)?.folds ?? []).map(({ number, state, run_id }) => ({ number, state, run_id })),
    );
    expect(await house.log(again.run_id, 'cv fold 1')).toBe('this is 1\n');
    house.workspace.write('crisol.yaml', `version: 1\nname: demo\n${yaml('kind: kfold, k: 5')}`);
    const changed = await house.run();
    expect(reasonOf(changed, 'cv')).toBe('folds.k: 2 → 5');
    expect(cvOf(changed)?.folds).toHaveLength(5);
  });

  it('divides by the columns of its data', async () => {
    open('kind: stratified, target: class, k: 5');
    await house.run();
    const classes = rowsIn(house.workspace.read('out.txt')).map((row) => row % 2);
    expect(classes.toSorted()).toEqual([0, 1]);
  });

  it('fails with the fold that does, and says which', async () => {
    open('kind: kfold, k: 3');
    house.workspace.write('fail-at', '2');
    const run = await house.run();
    expect(reasonOf(run, 'cv')).toBe('fold 2 of 3: it ended with exit code 4: this is 2');
    const cv = cvOf(run);
    expect(cv?.folds?.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'pending']);
    expect(house.stateInTracking(cv?.child_run_id ?? '')).toBe('failed');
    expect(house.workspace.has('out.txt')).toBe(false);
  });

  it('says what keeps its rows from being divided', async () => {
    open('kind: kfold, k: 50');
    const run = await house.run();
    expect(cvOf(run)?.state).toBe('failed');
    expect(reasonOf(run, 'cv')).toMatch(/50 folds/);
    expect(house.stateInTracking(cvOf(run)?.child_run_id ?? '')).toBe('failed');
  });

  it('ends with the fold that runs when it is cancelled', async () => {
    open('kind: kfold, k: 3');
    house.workspace.write('hold', '');
    const { run_id } = await house.pipelines.start({});
    await waitFor(() => house.workspace.has('seen.log') && house.workspace.read('seen.log').includes('2 of 3'));
    await house.pipelines.cancel(run_id);
    const cv = cvOf(await house.ended(run_id));
    expect(cv?.state).toBe('cancelled');
    expect(cv?.folds?.map(({ state }) => state)).toEqual(['succeeded', 'cancelled', 'pending']);
  });
});

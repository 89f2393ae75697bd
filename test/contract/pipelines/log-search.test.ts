import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogFinding, PipelineRun, StepLog } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const HALF = 15_000_000;
const E = '\\033[';
const YAML = `version: 1
name: loud
steps:
  print:
    run: |
      printf 'Here ${E}31mit be${E}0mgins\\n'
      yes '${E}32mINFO${E}0m epoch 12 loss 0.25' | head -c ${HALF}; echo
      printf 'the middle: é\\n'
      yes 'INFO epoch 13 loss 0.21' | head -c ${HALF}; echo
      printf 'the end'
  each:
    folds: {kind: kfold, data: rows.csv, k: 2}
    run: echo "this is of fold $CRISOL_FOLD"
`;

const workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML, 'rows.csv': 'a\n1\n2\n3\n4\n' } });
let daemon: TestDaemon;
let run: PipelineRun;
beforeAll(async () => {
  daemon = await TestDaemon.start(workspace.folder);
  const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
  run = await daemon.endOf(run_id);
});
afterAll(async () => {
  await daemon.stop();
  workspace.dispose();
});

const pathOf = (query: object, step = 'print', id = run.run_id) =>
  `pipelines/runs/${id}/logs/${encodeURIComponent(step)}/search?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]))}`;

/** All of it, a moment after the other, as the panel asks. */
async function search(words: string, direction: 'forward' | 'backward', step?: string): Promise<LogFinding> {
  for (let rest = {}; ; ) {
    const answer = await daemon.get<LogFinding>(pathOf({ words, direction, ...rest }, step));
    if (answer.next === null) return answer;
    rest = { [direction === 'forward' ? 'from' : 'to']: answer.next, attempt: answer.attempt };
  }
}

async function lineAt(offset: number | null): Promise<string | undefined> {
  const log = await daemon.get<StepLog>(`pipelines/runs/${run.run_id}/logs/print?offset=${offset}`);
  return log.text.split('\n')[0];
}

describe('a search in what a step printed', () => {
  test.each(['forward', 'backward'] as const)('finds words anywhere in 30 MB, %s', async (direction) => {
    const first = await search('it BEGINS', direction);
    expect(first).toMatchObject({ attempt: 1, line: 0, next: null });
    expect(first.bytes).toBeGreaterThan(2 * HALF);
    expect(await lineAt((await search('the middle: É', direction)).line)).toBe('the middle: é');
    expect(await lineAt((await search('The End', direction)).line)).toBe('the end');
    expect(await search('nowhere', direction)).toMatchObject({ line: null, next: null });
    const loss = await search('loss 0.21', direction);
    expect(loss.line).toBeGreaterThan(HALF);
  });

  test('is of one fold, too', async () => {
    expect(run.steps.find(({ name }) => name === 'each')?.state).toBe('succeeded');
    expect(await search('of fold 1', 'forward', 'each fold 1')).toMatchObject({ line: 0 });
    expect(await search('of fold 1', 'forward', 'each fold 2')).toMatchObject({ line: null });
  });

  test('in another attempt than one knows is of all that was printed', async () => {
    const query = { words: 'begins', direction: 'forward', from: 5_000_000, to: 6_000_000 };
    expect(await daemon.get(pathOf(query))).toMatchObject({ line: null });
    expect(await daemon.get(pathOf({ ...query, attempt: 7 }))).toMatchObject({ line: 0, attempt: 1 });
  });

  test('of what there is not is refused as its output is', async () => {
    const words = { words: 'x', direction: 'forward' };
    for (const [step, id] of [
      ['nobody', run.run_id],
      ['print', 'no-run'],
    ] as const) {
      const log = await daemon.fetch(`pipelines/runs/${id}/logs/${step}`);
      const found = await daemon.fetch(pathOf(words, step, id));
      expect([found.status, await found.json()]).toEqual([log.status, await log.json()]);
      expect(found.status).toBe(404);
    }
  });

  test.each([
    [{ direction: 'forward' }, 'words'],
    [{ words: '', direction: 'forward' }, 'words'],
    [{ words: 'a\nb', direction: 'forward' }, 'words'],
    [{ words: 'a', direction: 'sideways' }, 'direction'],
    [{ words: 'a', direction: 'forward', from: -1 }, 'from'],
  ])('with %j says that there is something wrong with it', async (query, key) => {
    const response = await daemon.fetch(pathOf(query));
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(key);
  });
});

import { describe, expect } from 'vitest';
import { logged, logStates, PRINTED } from './log-states.ts';
import { test } from './panels.ts';
import { run } from './recorded.ts';

const [state] = logStates;
if (!state) throw new Error('there is no such state');

describe('the log of a step', () => {
  test('is coloured, folded by its phases, and leads to the places that it names', async ({ open }) => {
    const preview = await open(state);
    await preview.say(...state.messages);
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    const lines = () => log.locator('.log-line').allInnerTexts();
    expect((await lines()).slice(0, 9).map((line) => line.replace(/^[▾▸] /, ''))).toEqual([
      'Training with 4 folds',
      'Fold 1',
      'loss 0.9',
      'Details',
      'orange on blue',
      expect.stringContaining('colour 0 bright'),
      '100 %|####|',
      'epoch 0 loss 1.0000',
      'epoch 1 loss 0.5000',
    ]);
    await log.getByRole('button', { name: 'Fold 1' }).click();
    expect((await lines()).slice(0, 3).map((line) => line.replace(/^[▾▸] /, ''))).toEqual([
      'Training with 4 folds',
      'Fold 1',
      expect.stringContaining('colour 0'),
    ]);
    await log.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await log.getByRole('button', { name: 'File "src/train.py", line 12' }).click();
    expect(await preview.heard()).toContainEqual({ type: 'runs/open-place', file: 'src/train.py', line: 12 });
    const [red, green, blue] = await log
      .getByText('ValueError')
      .evaluate((element) => (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number));
    expect(red).toBeGreaterThan(Math.max(green ?? 0, blue ?? 0));
  });

  test('is searched, also in what is folded', async ({ open }) => {
    const preview = await open(state);
    await preview.say(...state.messages);
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    await log.getByRole('button', { name: 'Fold 1' }).click();
    await preview.page.getByRole('textbox', { name: 'Find in the output of train' }).fill('LOSS 0.9');
    await preview.page.getByText('1 of 1').waitFor();
    await log.locator('.found', { hasText: 'loss 0.9' }).waitFor();
    await preview.page.getByRole('textbox', { name: 'Find in the output of train' }).fill('loss 0.00');
    await preview.page.getByText(/^1 of \d+$/).waitFor();
    await preview.page.keyboard.press('Enter');
    await preview.page.getByText(/^2 of \d+$/).waitFor();
    await preview.page.keyboard.press('Shift+Enter');
    await log.locator('.found', { hasText: 'epoch 100 ' }).waitFor();
  });

  test('is drawn as far as it is seen, however long it is, and read page by page', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject: state.subject, kept: state.kept });
    const long = Array.from({ length: 20_000 }, (_, at) => `line ${at}`).join('\n');
    const size = long.length;
    await preview.say(state.messages[0], { type: 'runs/log', step: 'train', offset: 0, text: long, next_offset: size });
    expect(await preview.page.locator('.log-line').count()).toBeLessThan(200);
    expect(await preview.heard()).toContainEqual({ type: 'runs/read-log', step: 'train', offset: size });
  });

  test('stays at its end while it grows, unless one looks further up', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject: state.subject, kept: state.kept });
    const [step] = logged.steps;
    const running = {
      ...logged,
      state: 'running',
      ended_at: null,
      steps: [{ ...step, state: 'running', seconds: null }],
    };
    await preview.say({ type: 'runs/all', run: run('a', { state: 'running', ended_at: null }), pipeline: running });
    await preview.page.locator('summary', { hasText: 'train' }).click();
    await preview.say({ type: 'runs/log', step: 'train', offset: 0, text: PRINTED, next_offset: 5000 });
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    const isAtEnd = () =>
      log.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight > scrollHeight - 30);
    await expect.poll(isAtEnd).toBe(true);
    const more = 'more\n'.repeat(50);
    await preview.say({ type: 'runs/log', step: 'train', offset: 5000, text: more, next_offset: 5250 });
    await expect.poll(isAtEnd).toBe(true);
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await preview.settled();
    await preview.say({ type: 'runs/log', step: 'train', offset: 5250, text: more, next_offset: 5500 });
    expect(await isAtEnd()).toBe(false);
  });
});

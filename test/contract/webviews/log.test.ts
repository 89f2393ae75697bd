import { describe, expect } from 'vitest';
import type { WorkState } from '../../../schemas/wire/common.ts';
import type { PreviewOptions, WebviewPreview } from '../../support/webview-preview.ts';
import { logged, logOf, logStates, PRINTED } from './log-states.ts';
import { test } from './panels.ts';
import { run } from './recorded.ts';

const state = logStates[0] ?? expect.fail('there is no such state');

const BYTES = 900_000_000;
const LONG = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`).join('');

/** The end of an output that is larger than any panel holds. */
async function openLarge(open: (options: PreviewOptions) => Promise<WebviewPreview>) {
  const preview = await open({ panel: 'runs', subject: state.subject, kept: state.kept });
  const { page } = preview;
  const offset = BYTES - LONG.length;
  await preview.say(state.messages[0], { type: 'runs/log', step: 'train', log: logOf('', BYTES) });
  await preview.say({ type: 'runs/log', step: 'train', log: logOf(LONG, offset), isAnswer: true });
  const log = page.getByRole('region', { name: 'Output of train' });
  await log.getByText('line 19999').waitFor();
  const answer = async (id: number, next: number | null, line: number | null = null) => {
    const finding = { attempt: 1, bytes: BYTES, line, next };
    await preview.say({ type: 'runs/log-finding', step: 'train', id, finding });
  };
  const asked = (id: number, search: object) =>
    expect.poll(() => preview.heard()).toContainEqual({ type: 'runs/search-log', step: 'train', id, search });
  const field = page.getByRole('textbox', { name: 'Find in the output of train' });
  return { preview, log, offset, answer, asked, field, status: page.locator('.log-search [role=status]') };
}

describe('the log of a step', () => {
  test('is coloured, folded by its phases, and leads to the places that it names', async ({ open }) => {
    const preview = await open(state);
    await preview.say(...state.messages);
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    const lines = () => log.locator('.log-line').allInnerTexts();
    // it opens at its end
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await log.getByText('Training with 4 folds').waitFor();
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
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await log.getByRole('button', { name: 'Fold 1' }).click();
    await preview.page.getByRole('textbox', { name: 'Find in the output of train' }).fill('LOSS 0.9');
    await preview.page.getByText('1 of 1').waitFor();
    await log.locator('.found', { hasText: 'loss 0.9' }).waitFor();
    await preview.page.getByRole('textbox', { name: 'Find in the output of train' }).fill('loss 0.00');
    await preview.page.getByText(/^1 of \d+: /).waitFor();
    await preview.page.keyboard.press('Enter');
    await preview.page.getByText(/^2 of \d+: epoch 101 /).waitFor();
    await preview.page.keyboard.press('Shift+Enter');
    await log.locator('.found', { hasText: 'epoch 100 ' }).waitFor();
  });

  test('is drawn as far as it is seen, and read from its end on', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject: state.subject, kept: state.kept });
    const long = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`).join('');
    const bytes = 900_000_000;
    const asked = (place: object) => ({ type: 'runs/read-log', step: 'train', place });
    await preview.say(state.messages[0], { type: 'runs/log', step: 'train', log: logOf('', bytes) });
    expect(await preview.heard()).toContainEqual({ type: 'runs/follow-log', step: 'train' });
    expect(await preview.heard()).toContainEqual(asked({ offset: -262_144, attempt: 1 }));
    const offset = bytes - long.length;
    await preview.say({ type: 'runs/log', step: 'train', log: logOf(long, offset), isAnswer: true });
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    await log.getByText('line 19999').waitFor();
    expect(await preview.page.locator('.log-line').count()).toBeLessThan(200);
    await preview.page.getByText('20,000 lines, the last 204 KB of 858 MB').waitFor();
    // what came before is read where one looks for it, and what one reads stays in its place
    await log.evaluate((element) => element.scrollTo({ top: 90 }));
    await log.getByText('line 5', { exact: true }).waitFor();
    await expect.poll(() => preview.heard()).toContainEqual(asked({ before: offset, attempt: 1 }));
    await expect.poll(() => preview.heard()).toContainEqual({ type: 'runs/leave-log', step: 'train' });
    const earlier = 'earlier\n'.repeat(500);
    const before = logOf(earlier, offset - earlier.length, bytes);
    await preview.say({ type: 'runs/log', step: 'train', log: before, isAnswer: true });
    await preview.page.getByText(/^20,500 lines/).waitFor();
    expect(await log.evaluate(({ scrollTop }) => scrollTop)).toBe(90 + 500 * 18);
    // a search reads on by itself
    await preview.page.getByRole('textbox', { name: 'Find in the output of train' }).fill('nowhere');
    await expect.poll(() => preview.heard()).toContainEqual(asked({ before: before.offset, attempt: 1 }));
  });

  test('is searched beyond what is here, and goes where the words are', async ({ open }) => {
    const { preview, log, status, field, offset, answer, asked } = await openLarge(open);
    const search = { words: 'needle', direction: 'forward', attempt: 1 };
    await field.fill('needle');
    await status.getByText('Searching 858 MB…').waitFor();
    await asked(1, { ...search, from: BYTES });
    await answer(1, null);
    await asked(2, { ...search, to: offset });
    await answer(2, 400_000_000);
    await preview.page.getByText('44 %').waitFor();
    // it is stopped, and nothing is asked any more
    await preview.page.keyboard.press('Escape');
    await status.getByText(/^Not found in the last 204 KB of 858 MB$/).waitFor();
    await answer(3, 500_000_000);
    await preview.page.keyboard.press('Shift+Enter');
    await asked(4, { ...search, direction: 'backward', to: offset });
    await answer(4, null, 1_000_000);
    const place = { offset: 1_000_000, attempt: 1 };
    await expect
      .poll(() => preview.heard())
      .toContainEqual({ type: 'runs/read-log', step: 'train', place, to: 'found' });
    const above = Array.from({ length: 300 }, (_, at) => `above ${at}\n`).join('');
    const below = `a Needle\n${Array.from({ length: 300 }, (_, at) => `below ${at}\n`).join('')}`;
    await preview.say({
      type: 'runs/log-moved',
      step: 'train',
      to: 'found',
      log: logOf(below, 1_000_000, BYTES),
      before: logOf(above, 1_000_000 - above.length, BYTES),
    });
    await log.locator('.found', { hasText: 'a Needle' }).waitFor();
    await status.getByText(/^1 of 1 in these 5.7 KB of 858 MB: a Needle$/).waitFor();
    const [line, frame] = [await log.locator('.found').boundingBox(), await log.boundingBox()];
    expect(Math.floor(((line?.y ?? 0) - (frame?.y ?? 0)) / 18)).toBe(4);
    // nowhere else: it goes round
    await preview.page.getByRole('button', { name: 'Next' }).click();
    await status.getByText('Searching 858 MB…').waitFor();
    await asked(5, { ...search, from: 1_000_000 + below.length });
    await answer(5, null);
    await asked(6, { ...search, to: 1_000_000 - above.length });
    await answer(6, null);
    await status.getByText(/^1 of 1: a Needle$/).waitFor();
    await field.focus();
    await preview.page.keyboard.press('Escape');
    await status.getByText(/^601 lines, these 5.7 KB of 858 MB$/).waitFor();
  });

  test('lets nobody who works with keys lose the place', async ({ open }) => {
    const { preview, log, field, asked } = await openLarge(open);
    const hasFocus = (locator: typeof log) =>
      expect.poll(() => locator.evaluate((one) => one.matches(':focus-within')));
    await preview.say({ type: 'runs/log', step: 'train', log: logOf('at src/train.py:12\n', BYTES) });
    await log.getByRole('button', { name: 'src/train.py:12' }).focus();
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await log.getByText('line 3', { exact: true }).waitFor();
    await hasFocus(log).toBe(true);
    await preview.page.keyboard.press('PageDown');
    await expect.poll(() => log.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
    await field.fill('nowhere');
    await asked(1, { words: 'nowhere', direction: 'forward', attempt: 1, from: BYTES + 19 });
    await preview.page.getByRole('button', { name: 'Stop' }).focus();
    await preview.page.keyboard.press('Enter');
    await preview.page.getByText(/^Not found in the last/).waitFor();
    await hasFocus(field).toBe(true);
  });

  test('that is nowhere is said so only when all was looked through', async ({ open }) => {
    const { field, status, answer, asked } = await openLarge(open);
    await field.fill('nowhere');
    const search = { words: 'nowhere', direction: 'forward', attempt: 1 };
    await asked(1, { ...search, from: BYTES });
    await answer(1, null);
    await asked(2, { ...search, to: BYTES - LONG.length });
    await status.getByText('Searching 858 MB…').waitFor();
    await answer(2, null);
    await status.getByText(/^Not found$/).waitFor();
  });

  test('has its ends under Home and End, however far they are', async ({ open }) => {
    const { preview, log, offset } = await openLarge(open);
    const read = (place: object, to: string) => ({ type: 'runs/read-log', step: 'train', place, to });
    await log.focus();
    await preview.page.keyboard.press('Home');
    await expect.poll(() => preview.heard()).toContainEqual(read({ offset: 0, attempt: 1 }, 'start'));
    const first = Array.from({ length: 5_000 }, (_, at) => `first ${at}\n`).join('');
    await preview.say({ type: 'runs/log-moved', step: 'train', to: 'start', log: logOf(first, 0, BYTES) });
    await log.getByText('first 0', { exact: true }).waitFor();
    // what follows is read where one looks for it, and does not run away
    await log.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    const place = { offset: first.length, attempt: 1 };
    await expect.poll(() => preview.heard()).toContainEqual({ type: 'runs/read-log', step: 'train', place });
    await preview.say({
      type: 'runs/log',
      step: 'train',
      log: logOf('then\n'.repeat(500), first.length, BYTES),
      isAnswer: true,
    });
    await preview.page.getByText(/^5,500 lines/).waitFor();
    await log.getByText('first 4999', { exact: true }).waitFor();
    expect(await log.evaluate(({ scrollTop, clientHeight }) => scrollTop + clientHeight)).toBeCloseTo(5_000 * 18, -2);
    await preview.page.keyboard.press('End');
    await expect.poll(() => preview.heard()).toContainEqual(read({ offset: -262_144, attempt: 1 }, 'end'));
    await preview.say({ type: 'runs/log-moved', step: 'train', to: 'end', log: logOf(LONG, offset) });
    await log.getByText('line 19999').waitFor();
  });

  test('of a step that is cross-validated is that of the newest fold, or of one that is chosen', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject: state.subject, kept: state.kept });
    const fold = (number: number, state: WorkState) => ({ number, state, run_id: `f${number}`, seconds: number });
    const folds = [fold(1, 'succeeded'), fold(2, 'failed'), { number: 3, state: 'pending', run_id: null }];
    await preview.say({
      type: 'runs/all',
      run: run('a'),
      pipeline: { ...logged, steps: [{ ...logged.steps[0], folds }] },
    });
    const chosen = (name: string) => preview.page.getByRole('button', { name, pressed: true });
    await chosen('fold 2 Failed 2.0 s').waitFor();
    expect(await preview.heard()).toContainEqual({ type: 'runs/follow-log', step: 'train fold 2' });
    expect(await preview.page.getByRole('button', { name: 'fold 3 Pending' }).isDisabled()).toBe(true);
    await preview.page.getByRole('button', { name: 'fold 1 Succeeded 1.0 s' }).click();
    await chosen('fold 1 Succeeded 1.0 s').waitFor();
    expect(await preview.heard()).toContainEqual({ type: 'runs/follow-log', step: 'train fold 1' });
    await preview.say({ type: 'runs/show-log', step: 'train fold 2' });
    await chosen('fold 2 Failed 2.0 s').waitFor();
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
    const told = (log: object) => preview.say({ type: 'runs/log', step: 'train', log });
    await told(logOf(PRINTED));
    const log = preview.page.getByRole('region', { name: 'Output of train' });
    const isAtEnd = () =>
      log.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight > scrollHeight - 30);
    await expect.poll(isAtEnd).toBe(true);
    const more = 'more\n'.repeat(50);
    await told(logOf(more, PRINTED.length));
    await log.getByText('more').last().waitFor();
    await expect.poll(isAtEnd).toBe(true);
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await preview.settled();
    await told(logOf(more, PRINTED.length + more.length));
    expect(await isAtEnd()).toBe(false);
  });

  test('of a step is opened for whoever asks for it', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject: state.subject });
    const steps = Array.from({ length: 30 }, (_, at) => ({ ...logged.steps[0], name: `s${at}`, state: 'succeeded' }));
    const ended = { ...logged, state: 'succeeded', steps };
    await preview.say({ type: 'runs/all', run: run('a'), pipeline: ended }, { type: 'runs/show-log', step: 's20' });
    await preview.say({ type: 'runs/log', step: 's20', log: logOf('its last words\n') });
    await preview.page.getByText('its last words').waitFor();
    expect(await preview.heard()).toContainEqual({ type: 'runs/follow-log', step: 's20' });
  });
});

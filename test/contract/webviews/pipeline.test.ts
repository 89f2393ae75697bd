import { describe, expect } from 'vitest';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { busySeconds } from './busy.ts';
import { test } from './panels.ts';
import { CHAIN, ended, FAN, largePipeline, pipelineOf, plan, running, TANGLE, told } from './pipeline-states.ts';

const subject = { of: 'workspace' };
const panel = { panel: 'pipeline', subject } as const;
const step = ({ page }: WebviewPreview, name: string) => page.locator(`[data-spot="step:${name}"]`);
const focused = ({ page }: WebviewPreview) =>
  page.evaluate(
    () => (document.activeElement as HTMLElement | null)?.dataset.spot ?? document.activeElement?.className,
  );

describe('the graph of a pipeline', () => {
  test('tells of each step its state in words, what it waits for, and the critical path', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running, ended));
    const names = await preview.page.getByRole('treeitem').evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel));
    expect(names).toEqual([
      'prepare, Cached, on the critical path',
      'features, Succeeded, 0:21, on the critical path',
      'train, 2/4, Running, 1 failed, on the critical path',
      'plots, Running',
      'evaluate, Waits for train',
      'register, Waits for evaluate',
    ]);
    await preview.page.getByText('Critical path: prepare → features → train (10, linear) (1:21)').waitFor();
    await preview.page.getByText('4 of 9 steps done · 1 failed · 1 cached').waitFor();
  });

  test('goes on without moving what one looks at, nor the keyboard', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running));
    await step(preview, 'plots').click();
    const before = await step(preview, 'plots').boundingBox();
    const steps = running.steps.map((one) => (one.name === 'plots' ? { ...one, state: 'succeeded', seconds: 3 } : one));
    await preview.say({ type: 'pipeline/runs', runs: [{ ...running, steps }] });
    expect(await step(preview, 'plots').getAttribute('aria-label')).toBe('plots, Succeeded, 3.0 s');
    expect(await step(preview, 'plots').boundingBox()).toEqual(before);
    expect(await focused(preview)).toBe('step:plots');
  });

  test('shows of a step why it ran, its command and files, and leads to each of them', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running, ended));
    await step(preview, 'features').click();
    const details = preview.page.getByRole('complementary', { name: 'Details of features' });
    await details.getByText('params.window: 3 → 5').waitFor();
    await details.getByText('python features.py --window 5').waitFor();
    for (const name of ['Open log', 'Run step', 'Run from here', 'Open crisol.yaml, line 20', 'Why?']) {
      await details.getByRole('button', { name, exact: true }).click();
    }
    await details.getByRole('button', { name: 'build/features.parquet' }).click();
    await details.getByRole('button', { name: 'prepare' }).click();
    await preview.page.getByRole('complementary', { name: 'Details of prepare' }).waitFor();
    await preview.page.getByRole('button', { name: 'Cancel run' }).first().click();
    await step(preview, 'plots').click();
    await preview.page.getByRole('button', { name: 'Cancel this step' }).click();
    const { run_id } = running;
    expect((await preview.heard()).slice(1)).toEqual([
      { type: 'pipeline/open-log', run_id, step: 'features' },
      { type: 'pipeline/start', step: 'features', onward: false },
      { type: 'pipeline/start', step: 'features', onward: true },
      { type: 'pipeline/open-step', step: 'features' },
      { type: 'pipeline/why', step: 'features' },
      { type: 'pipeline/open-path', path: 'build/features.parquet' },
      { type: 'pipeline/cancel', run_id },
      { type: 'pipeline/cancel-step', run_id, step: 'plots' },
    ]);
  });

  test('is gone through with the keyboard alone', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running, ended));
    const press = async (...keys: string[]) => {
      for (const key of keys) await preview.page.keyboard.press(key);
      await preview.settled();
      return focused(preview);
    };
    await step(preview, 'prepare').focus();
    expect(await press('ArrowDown')).toBe('step:features');
    expect(await press('ArrowDown')).toBe('step:train');
    expect(await press('ArrowRight')).toBe('step:plots');
    expect(await press('ArrowUp')).toBe('step:features');
    expect(await press('End')).toBe('step:register');
    expect(await press('ArrowUp', 'ArrowUp', 'Space')).toBe('step:train');
    expect(await step(preview, 'train').getAttribute('aria-expanded')).toBe('true');
    expect(await press('ArrowDown', 'ArrowDown')).toBe('variant:train:train (1, boosted)');
    expect(await press('Enter')).toBe('details');
    await preview.page.getByText('ValueError: y contains 1 class').waitFor();
    expect(await press('Escape')).toBe('variant:train:train (1, boosted)');
    expect(await press('Escape')).toBe('step:train');
    expect(await step(preview, 'train').getAttribute('aria-expanded')).toBe('false');
    expect(await press('Home')).toBe('step:prepare');
    // one press of Tab leads out, another back
    expect(await press('Tab', 'Shift+Tab')).toBe('step:prepare');
  });

  test('grows under the pointer, shrinks to fit, is dragged, and keeps how it is', async ({ open }) => {
    const preview = await open({ ...panel, width: 700, height: 500 });
    await preview.say(told(plan, running, ended));
    const node = step(preview, 'features');
    const middle = async () => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await node.boundingBox()) ?? {};
      return { x: x + width / 2, y: y + height / 2, width };
    };
    for (let press = 0; press < 2; press++) await preview.page.getByRole('button', { name: 'Larger' }).click();
    await preview.settled();
    await node.scrollIntoViewIfNeeded();
    const before = await middle();
    await preview.page.mouse.move(before.x, before.y);
    await preview.page.keyboard.down('Control');
    await preview.page.mouse.wheel(0, -60);
    await preview.page.keyboard.up('Control');
    await preview.settled();
    const after = await middle();
    expect(after.width).toBeGreaterThan(before.width * 1.1);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(12);

    const scrolled = () => preview.page.locator('.graph-scroller').evaluate(({ scrollTop }) => scrollTop);
    const top = await scrolled();
    const box = await preview.page.locator('.graph-scroller').boundingBox();
    const ground = { x: (box?.x ?? 0) + 8, y: (box?.y ?? 0) + 60 };
    await preview.page.mouse.move(ground.x, ground.y);
    await preview.page.mouse.down();
    await preview.page.mouse.move(ground.x, ground.y + 40, { steps: 4 });
    await preview.page.mouse.up();
    expect(await scrolled()).toBeLessThan(top);

    await preview.page.getByRole('button', { name: 'Show all' }).click();
    await preview.settled();
    const { scrollHeight, clientHeight } = await preview.page
      .locator('.graph-scroller')
      .evaluate((element) => ({ scrollHeight: element.scrollHeight, clientHeight: element.clientHeight }));
    expect(scrollHeight).toBe(clientHeight);
    expect(await preview.kept()).toMatchObject({ look: { scale: expect.any(Number) } });
  });

  test('shows an earlier run when it is chosen, and is a table for whoever prefers one', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running, ended));
    await preview.page.getByRole('combobox', { name: 'Which run to show' }).click();
    await preview.page.getByRole('option', { name: /calm-heron/ }).click();
    await preview.page.getByText('4 steps · 1 failed').waitFor();
    await preview.page.getByRole('button', { name: 'Table' }).click();
    const rows = await preview.page.getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.split(/\s*[\t\n]\s*/).slice(0, 3))).toEqual([
      ['Step', 'State', 'Duration'],
      ['prepare', '✓ Succeeded', '0:12 critical path'],
      ['features', '✗ Failed', '0:12 critical path'],
      ['plots', '⊘ Cancelled', '–'],
      ['register', '↷ Skipped', '–'],
    ]);
  });

  test('names the line that is wrong, and offers a file where there is none', async ({ open }) => {
    const preview = await open(panel);
    const button = (name: string) => preview.page.getByRole('button', { name, exact: true });
    const wrong = { name: null, problem: 'parts/b.crisol.yaml, line 24: unknown key `comand`', steps: [] };
    await preview.say(told(wrong, ended));
    await button('Open parts/b.crisol.yaml, line 24').click();
    await preview.say(told({ ...wrong, problem: 'There is no crisol.yaml in /liga.' }));
    expect(await preview.page.getByRole('alert').count()).toBe(0);
    expect(await button('Run pipeline').count()).toBe(0);
    await button('Create crisol.yaml').click();
    expect((await preview.heard()).slice(1)).toEqual([{ type: 'pipeline/open-file' }, { type: 'pipeline/open-file' }]);
  });

  test.for([
    ['a chain', CHAIN],
    ['a fan', FAN],
    ['a tangle', TANGLE],
  ] as const)('of 500 steps is drawn in less than a second: %s', async ([, needsOf], { open }) => {
    const preview = await open({ ...panel, ownClock: true });
    const { plan: all, run } = pipelineOf(500, needsOf);
    const drawn = await busySeconds(preview, () => preview.say(told(all, run)));
    expect(await preview.page.getByRole('treeitem').count()).toBe(500);
    expect(drawn).toBeLessThan(1);
  });

  test('of 500 steps draws what one of them does in less time than a picture has', async ({ open }) => {
    const preview = await open({ ...panel, ownClock: true });
    const { plan: all, run } = largePipeline();
    await preview.say(told(all, run));
    const news = Array.from({ length: 40 }, (_, at) => ({
      type: 'pipeline/runs',
      runs: [{ ...run, steps: run.steps.map((one, index) => (index === 1 + at ? { ...one, state: 'running' } : one)) }],
    }));
    const busy = await busySeconds(preview, () =>
      preview.page.evaluate(async (messages) => {
        for (const message of messages) {
          window.postMessage(message);
          await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        }
      }, news),
    );
    expect(busy / news.length).toBeLessThan(0.016);
  });
});

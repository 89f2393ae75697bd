import { describe, expect } from 'vitest';
import type { StepRun } from '../../../schemas/wire/pipelines.ts';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { test } from './panels.ts';
import { ended, largePipeline, plan, running, told } from './pipeline-states.ts';
import { NOW } from './recorded.ts';

const panel = { panel: 'pipeline', subject: { of: 'workspace' } } as const;
const { plan: all, run } = largePipeline();
const node = ({ page }: WebviewPreview, spot: string) => page.locator(`[data-spot="${spot}"]`);
const focused = ({ page }: WebviewPreview) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return (activeElement as HTMLElement | null)?.dataset.spot ?? activeElement?.className ?? '';
  });
const pressIn =
  (preview: WebviewPreview) =>
  async (...keys: string[]) => {
    for (const key of keys) await preview.page.keyboard.press(key);
    await preview.settled();
    return focused(preview);
  };
const wentOn = (how: (step: StepRun) => Partial<StepRun>, over: object = {}) => ({
  type: 'pipeline/runs',
  runs: [{ ...run, ...over, steps: run.steps.map((step) => ({ ...step, ...how(step) })) }],
});

describe('500 steps with the keyboard alone', () => {
  test('are one stop of the Tab key, which leads in and out again', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    const press = pressIn(preview);
    const stops: string[] = [];
    for (let at = 0; at < 16; at++) stops.push(await press('Tab'));
    expect(stops.filter((stop) => stop.startsWith('step:'))).toEqual(['step:prepare']);
    // it has left the page, or begun again
    expect(stops.some((stop, at) => stop === '' || stops.indexOf(stop) < at)).toBe(true);
  });

  test('are gone to by their first letters, and seen wherever they are', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    const press = pressIn(preview);
    await node(preview, 'step:prepare').focus();
    const letters = async (text: string) => {
      await preview.page.keyboard.type(text);
      await preview.settled();
      return focused(preview);
    };
    expect(await letters('rep')).toBe('step:report');
    expect(await isSeen(preview, 'step:report')).toBe(true);
    await preview.page.waitForTimeout(900);
    expect(await letters('chain-17-4')).toBe('step:chain-17-4');
    expect(await isSeen(preview, 'step:chain-17-4')).toBe(true);
    expect(await press('ArrowDown')).toBe('step:chain-17-5');
    expect(await press('ArrowUp', 'ArrowUp')).toBe('step:chain-17-3');
    expect(await press('End')).not.toBe('step:chain-17-3');
    expect(await press('Home')).toBe('step:prepare');
    expect(await isSeen(preview, 'step:prepare')).toBe(true);
  });

  test('are found by name or state, gone through, and left as they were', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    await preview.say(wentOn(({ name }) => (/-[47]-1$/.test(name) ? { state: 'failed', seconds: 1 } : {})));
    const press = pressIn(preview);
    await node(preview, 'step:prepare').focus();
    await press('/');
    await preview.page.keyboard.type('chain failed');
    await preview.page.getByText('2 of 500 steps', { exact: true }).waitFor();
    expect(await press('Enter')).toBe('step:chain-4-1');
    expect(await isSeen(preview, 'step:chain-4-1')).toBe(true);
    expect(await press('F3')).toBe('step:chain-7-1');
    expect(await press('Shift+F3')).toBe('step:chain-4-1');
    expect(await preview.page.locator('.node:not(.missed)').count()).toBe(2);
    await press('Control+f', 'Escape');
    expect(await preview.page.locator('.missed').count()).toBe(0);
    expect(await press('Escape')).toBe('step:chain-4-1');
  });

  test('are found in the table, too, which shows no others', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    await preview.page.getByRole('button', { name: 'Table' }).click();
    await preview.page.keyboard.press('/');
    await preview.page.keyboard.type('train 19');
    await preview.page.getByText('12 of 500 steps', { exact: true }).waitFor();
    expect(await preview.page.getByRole('row').count()).toBe(13);
    expect(await preview.page.getByRole('button', { name: 'Next' }).count()).toBe(0);
    await preview.page.keyboard.press('Enter');
    await preview.page.keyboard.press('Enter');
    await preview.page.getByRole('complementary', { name: 'Details of train (19)' }).waitFor();
  });

  test('grow around the one that has the focus, and are moved', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    const press = pressIn(preview);
    const spot = node(preview, 'step:chain-17-4');
    await spot.focus();
    const before = await spot.boundingBox();
    expect(await press('+', '+')).toBe('step:chain-17-4');
    const after = await spot.boundingBox();
    const middles = [before, after].map((box) => (box ? box.x + box.width / 2 : Number.NaN));
    expect(after?.width).toBeGreaterThan((before?.width ?? 0) * 1.4);
    expect(Math.abs((middles[0] ?? 0) - (middles[1] ?? 0))).toBeLessThan(12);
    const scrolled = () => preview.page.locator('.graph-scroller').evaluate((at) => [at.scrollLeft, at.scrollTop]);
    const [left = 0, top = 0] = await scrolled();
    expect(await press('Shift+ArrowDown', 'Shift+ArrowLeft')).toBe('step:chain-17-4');
    const [nowLeft = 0, nowTop = 0] = await scrolled();
    expect(nowTop).toBeGreaterThan(top);
    expect(nowLeft).toBeLessThan(left);
    await press('0');
    expect(await isSeen(preview, 'step:prepare')).toBe(true);
    expect(await isSeen(preview, 'step:report')).toBe(true);
  });
});

describe('the keyboard', () => {
  test('stays in the graph when the step that it was on is there no more', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan));
    await node(preview, 'step:plots').focus();
    await preview.say(told({ ...plan, steps: plan.steps.filter(({ name }) => name !== 'plots') }));
    expect(await focused(preview)).toBe('step:prepare');
  });

  test('goes on in the details of a step that a link in them leads to, which is shown in the graph', async ({
    open,
  }) => {
    const preview = await open(panel);
    await preview.say(told(all, run));
    const press = pressIn(preview);
    await node(preview, 'step:prepare').focus();
    expect(await press('Enter')).toBe('details');
    const link = preview.page.getByRole('complementary').getByRole('button', { name: 'chain-3-0' });
    await link.focus();
    expect(await press('Enter')).toBe('details');
    expect(await isSeen(preview, 'step:chain-3-0')).toBe(true);
    expect(await press('Escape')).toBe('step:chain-3-0');
  });

  test('is seen where it is, also on the step whose details are shown, in every theme', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running));
    await node(preview, 'step:features').click();
    await node(preview, 'step:features').focus();
    const outline = () => node(preview, 'step:features').evaluate((at) => getComputedStyle(at).outline);
    for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
      await preview.changeTheme(theme);
      await node(preview, 'step:features').focus();
      await preview.page.keyboard.press('ArrowUp');
      const away = await outline();
      await preview.page.keyboard.press('ArrowDown');
      expect(await focused(preview)).toBe('step:features');
      expect(await outline(), theme).toMatch(/solid 2px/);
      expect(await outline(), theme).not.toBe(away);
    }
  });
});

describe('a screen reader', () => {
  test('hears of each step where it stands, what it needs and who needs it', async ({ open }) => {
    const preview = await open(panel);
    await preview.say(told(plan, running, ended));
    const session = await preview.page.context().newCDPSession(preview.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const items = nodes.filter(({ role, ignored }) => role?.value === 'treeitem' && !ignored);
    const heard = items.map(({ name, description, properties }) => [
      String(name?.value).split(',')[0],
      properties?.find((one) => one.name === 'level')?.value.value,
      description?.value,
    ]);
    expect(heard).toEqual([
      ['prepare', 1, 'Needs no other. Needed by features.'],
      ['features', 2, 'Needs prepare. Needed by train, plots.'],
      ['train', 3, 'Needs features. Needed by evaluate.'],
      ['plots', 3, 'Needs features.'],
      ['evaluate', 4, 'Needs train. Needed by register.'],
      ['register', 5, 'Needs evaluate.'],
    ]);
    expect(await node(preview, 'step:plots').getAttribute('aria-posinset')).toBe('2');
    expect(await node(preview, 'step:plots').getAttribute('aria-setsize')).toBe('2');
  });

  test('does not hear the name of a step again because time passes', async ({ open }) => {
    const preview = await open({ ...panel, ownClock: true });
    await preview.say(told(plan, running));
    const plots = node(preview, 'step:plots');
    const name = await plots.getAttribute('aria-label');
    await preview.page.clock.setFixedTime(NOW + 5000);
    await plots.getByText('Running · 1:05').waitFor();
    expect(await plots.getAttribute('aria-label')).toBe(name);
  });

  test('hears at once what fails and how it ends, and of 500 steps that end in a moment nothing else', async ({
    open,
  }) => {
    const began = performance.now();
    const preview = await open(panel);
    await preview.say(told(all, run));
    await preview.page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const options = { subtree: true, childList: true, characterData: true };
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]'))
        new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, options);
    });
    const over = (count: number) => (step: StepRun) =>
      run.steps.findIndex(({ name }) => name === step.name) < count
        ? ({ state: step.name === 'train (40)' ? 'failed' : 'succeeded', seconds: 1 } as const)
        : {};
    const news = Array.from({ length: 50 }, (_, at) => wentOn(over(at * 10)));
    await preview.page.evaluate(async (all) => {
      for (const message of all) {
        window.postMessage(message);
        await new Promise((done) => setTimeout(done, 20));
      }
    }, news);
    await preview.say(wentOn(over(500), { state: 'failed', ended_at: NOW }));
    const said = await preview.page.evaluate(() => (window as unknown as { said: string[] }).said);
    const failing = said.filter((text) => text.includes('failed'));
    expect(failing[0]).toMatch(/^Running, \d+ of 500 steps done, train \(40\) failed$/);
    expect(failing.at(-1)).toBe('Failed, 500 steps, train (40) failed');
    expect(said.at(-1)).toBe(failing.at(-1));
    // and now and then how far it is, before and after
    expect(said.length).toBeLessThanOrEqual(3 + (performance.now() - began) / 8000);
  });
});

test('who wants nothing to move sees no step breathe', async ({ open }) => {
  const preview = await open(panel);
  await preview.say(told(plan, running));
  const moves = () =>
    node(preview, 'step:plots')
      .locator('.node-sign')
      .evaluate((sign) => getComputedStyle(sign).animationName);
  expect(await moves()).toBe('breathe');
  await preview.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moves()).toBe('none');
});

/** Whether all of it lies in the part of the graph that is shown. */
function isSeen({ page }: WebviewPreview, spot: string): Promise<boolean> {
  return page.evaluate((id) => {
    const shown = document.querySelector('.graph-scroller')?.getBoundingClientRect();
    const at = document.querySelector(`[data-spot="${id}"]`)?.getBoundingClientRect();
    if (!shown || !at) return false;
    const isAcross = at.left >= shown.left - 1 && at.right <= shown.right + 1;
    return isAcross && at.top >= shown.top - 1 && at.bottom <= shown.bottom + 1;
  }, spot);
}

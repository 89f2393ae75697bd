import { describe, expect } from 'vitest';
import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { THEME_NAMES } from '../../support/webview-preview.ts';
import { faults } from './checks.ts';
import { test } from './panels.ts';
import { NOW } from './recorded.ts';
import { all, curvesOf, experiment, runId, tableExperiment, tablePage } from './table-pages.ts';

const subject = { experiment_id: '1' };
const kept = (look: object) => ({ version: PANELS_VERSION, subject, look });

const awkward = tablePage(0, 3, {
  names: ['', `<b>${'ñandú 🏆'.repeat(40)}</b>`, '値'],
  params: [{ key: 'a "key" with, signs', at: [1], values: ['line\nbreak'] }],
  metrics: [{ key: 'm', last: ['NaN', 'Infinity', 1e-12], step: [0, 0, 0] }],
});

const states: { name: string; look?: object; messages: object[] }[] = [
  { name: 'loading', messages: [experiment, { type: 'table/begin' }] },
  {
    name: 'no runs',
    messages: [{ ...experiment, experiment: { ...tableExperiment, run_count: 0 } }, { type: 'table/end' }],
  },
  { name: 'no experiment', messages: [{ ...experiment, experiment: null }] },
  {
    name: 'half of them',
    messages: [experiment, { type: 'table/begin' }, { type: 'table/page', page: tablePage(0, 60) }],
  },
  { name: 'all', messages: [...all(tablePage(0, 120)), curvesOf(Array.from({ length: 60 }, (_, at) => runId(at)))] },
  { name: 'awkward', messages: all(awkward) },
  { name: 'compared', look: { baseline: runId(3), choosing: true }, messages: all(tablePage(0, 120)) },
  {
    name: 'grouped',
    look: { group: 'param:optimizer', sorts: [{ field: 'metric:accuracy', descending: true }] },
    messages: all(tablePage(0, 120)),
  },
  { name: 'a filter that is wrong', look: { filter: 'metrics.loss ~ 1' }, messages: all(tablePage(0, 120)) },
  { name: 'a filter that leaves nothing', look: { filter: 'metrics.loss > 9' }, messages: all(tablePage(0, 120)) },
  { name: 'away', messages: [...all(tablePage(0, 120)), { type: 'connection', connection: 'away' }] },
];

describe('the runs table in each state', () => {
  for (const { name, look = {}, messages } of states) {
    test(`${name}: fits, can be read and reached, in every theme and width`, async ({ open }) => {
      const preview = await open({ panel: 'table', subject, kept: kept(look) });
      await preview.say(...messages);
      for (const theme of THEME_NAMES) {
        await preview.changeTheme(theme);
        expect(await faults(preview), theme).toEqual([]);
      }
      for (const width of [400, 1600]) {
        await preview.page.setViewportSize({ width, height: 800 });
        await preview.settled();
        expect(await faults(preview), `${width} px`).toEqual([]);
      }
    });
  }
});

const grid = ({ page }: WebviewPreview, role: 'grid' | 'treegrid' = 'grid') => page.getByRole(role, { name: 'Runs' });
/** as they stand on the screen, which is not the order in which they are on the page */
const names = ({ page }: WebviewPreview) =>
  page.locator('tbody .row').evaluateAll((rows: HTMLElement[]) => {
    const sorted = rows.toSorted((one, other) => Number(one.dataset.line) - Number(other.dataset.line));
    return sorted.map((row) => row.querySelector('.run-name')?.textContent);
  });
const heads = ({ page }: WebviewPreview) => page.locator('thead .head-title').allInnerTexts();
const status = ({ page }: WebviewPreview) => page.locator('.status [role=status]');

describe('the runs table', () => {
  test('sorts by a column, and with Shift by another one after it', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    const page = tablePage(0, 120);
    await preview.say(...all(page));
    const largest = page.run_ids.map((_, at) => at).filter((at) => page.params[0]?.values[at] === '128');
    const accuracy = (at: number) => Number(page.metrics[0]?.last[at]) || 0;
    const best = largest.reduce((one, other) => (accuracy(other) > accuracy(one) ? other : one));
    expect((await names(preview))[0]).toBe('brave-otter-0');
    await preview.page.getByRole('columnheader', { name: /batch_size/ }).click();
    await preview.page.getByRole('columnheader', { name: /accuracy/ }).click({ modifiers: ['Shift'] });
    await expect.poll(async () => (await names(preview))[0]).toBe(page.names[best]);
    expect(await preview.kept()).toMatchObject({
      look: {
        sorts: [
          { field: 'param:batch_size', descending: true },
          { field: 'metric:accuracy', descending: true },
        ],
      },
    });
    const head = preview.page.getByRole('columnheader', { name: /accuracy/ });
    expect(await head.getAttribute('aria-sort')).toBe('descending');
  });

  test('finds by the search grammar, completed from what the runs have, and says where it is wrong', async ({
    open,
  }) => {
    const preview = await open({ panel: 'table', subject });
    await preview.say(...all(tablePage(0, 120)));
    const box = preview.page.getByRole('combobox', { name: 'Filter runs' });
    await box.click();
    await box.pressSequentially('opti');
    await preview.page.keyboard.press('Enter');
    await expect.poll(() => box.inputValue()).toBe('params.optimizer ');
    await box.pressSequentially('= ad');
    await expect
      .poll(() => preview.page.getByRole('option').allInnerTexts())
      .toEqual([expect.stringContaining("'adam'")]);
    await preview.page.keyboard.press('Enter');
    await expect.poll(() => status(preview).innerText()).toBe('40 of 120 runs');
    await box.fill("params.optimizer = 'adam' AND metrics.accuracy > high");
    await preview.page.getByRole('alert').getByText('Expected numeric value type for metric. Found high').waitFor();
    expect(await preview.page.locator('.wrong').innerText()).toContain('high');
    expect(await status(preview).innerText()).toBe('40 of 120 runs');
  });

  test('compares with a baseline: what differs is bold, what is equal is dimmed', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    await preview.say(...all(tablePage(0, 120)));
    await grid(preview).focus();
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('b');
    const cell = preview.page.locator('[data-line="0"] [data-field="metric:accuracy"]');
    await expect
      .poll(async () => (await cell.innerText()).replaceAll(/\s+/g, ' '))
      .toBe('0.8400▲ more by 0.0940 better');
    const same = preview.page.locator('[data-line="5"] [data-field="param:batch_size"]');
    expect(await same.getAttribute('class')).toContain('same');
    expect(await preview.page.locator('thead .baseline .run-name').innerText()).toBe('calm-heron-1');
  });

  test('groups, and says of each group how many and what they are together', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, kept: kept({ group: 'param:optimizer' }) });
    await preview.say(...all(tablePage(0, 120)));
    const groups = preview.page.locator('.row.group');
    expect(await groups.count()).toBe(3);
    expect((await groups.first().innerText()).replaceAll(/\s+/g, ' ')).toContain('adam 40 runs');
    await groups.first().click();
    expect(await preview.page.locator('tbody .row:not(.group)').count()).toBeGreaterThan(10);
    expect(await groups.first().getAttribute('aria-expanded')).toBe('true');
  });

  test('marks all runs of a group at once, shown or not, and none of the others', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, kept: kept({ group: 'param:optimizer' }) });
    await preview.say(...all(tablePage(0, 120)));
    const mark = preview.page.getByRole('checkbox', { name: 'Mark all of adam' });
    await mark.click();
    await preview.page.getByText('40 marked').waitFor();
    expect(await mark.isChecked()).toBe(true);
    await grid(preview, 'treegrid').focus();
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('Home');
    await preview.page.keyboard.press('Space');
    await preview.page.getByText('80 marked').waitFor();
    await mark.click();
    await preview.page.getByText('40 marked').waitFor();
  });

  test('comes back with the marks, the opened groups and the place that one looked at', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, kept: kept({ group: 'param:optimizer' }) });
    await preview.say(...all(tablePage(0, 1200)));
    await preview.page.locator('.row.group').nth(1).click();
    await preview.page.locator('tbody .row:not(.group) input').nth(2).click();
    await preview.page.locator('.grid').evaluate((element) => {
      element.scrollTop = 2400;
    });
    await expect.poll(async () => ((await preview.kept()) as { look: { top: number } }).look.top).toBe(2400);
    const again = await open({ panel: 'table', subject, kept: await preview.kept() });
    await again.say(...all(tablePage(0, 500), tablePage(500, 1200)));
    await again.page.getByText('1 marked').waitFor();
    // so far down is only who opened the group
    expect(await again.page.locator('.grid').evaluate((element) => element.scrollTop)).toBe(2400);
  });

  test('says how long ago by the time at which it is looked at, however the runs came', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, now: NOW });
    await preview.say(...all(tablePage(0, 3)));
    const started = () => preview.page.locator('[data-line="0"] [data-field="run:started"]').innerText();
    expect(await started()).toBe('just now');
    await preview.page.clock.setFixedTime(NOW + 30_000);
    await preview.say({ type: 'table/runs', page: tablePage(2, 3) });
    await expect.poll(started).toBe('30 seconds ago');
  });

  test('names what its plain buttons do', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, kept: kept({ baseline: runId(3) }) });
    await preview.say(...all(tablePage(0, 120)));
    await preview.page.getByRole('button', { name: 'Clear baseline' }).click();
    await expect.poll(async () => (await preview.kept()) as object).toMatchObject({ look: { baseline: null } });
  });

  test('says what is wrong with a filter once nothing is offered, and moves no row for it', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    await preview.say(...all(tablePage(0, 120)));
    const top = () => preview.page.locator('.grid').evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    const box = preview.page.getByRole('combobox', { name: 'Filter runs' });
    await box.click();
    await box.pressSequentially('params.opt');
    await preview.page.getByRole('option').first().waitFor();
    expect(await preview.page.getByRole('alert').count()).toBe(0);
    await preview.page.keyboard.press('Escape');
    await preview.page.getByRole('alert').waitFor();
    expect(await top()).toBe(before);
  });

  test('marks runs by mouse and keyboard, to open, compare or export them', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    await preview.say(...all(tablePage(0, 120)));
    await preview.page.getByRole('checkbox', { name: 'Mark brave-otter-0', exact: true }).click();
    await preview.page.keyboard.press('Shift+ArrowDown');
    await preview.page.keyboard.press('Shift+ArrowDown');
    await preview.page.getByRole('button', { name: 'Compare' }).click();
    expect(await preview.heard()).toContainEqual({ type: 'table/compare', run_ids: [0, 1, 2].map(runId) });
    await preview.page.getByText('shy-lynx-2', { exact: true }).click();
    expect(await preview.heard()).toContainEqual({ type: 'table/open', run_id: runId(2) });
    await preview.page.getByRole('button', { name: 'Save as CSV' }).click();
    const saved = (await preview.heard()).find(({ type }) => type === 'table/save');
    expect(saved).toMatchObject({ name: 'match-outcome.csv' });
    expect(String(saved?.text).split('\r\n')).toHaveLength(122);
  });

  test('moves, widens, pins and hides columns from the keyboard, and by dragging', async ({ open }) => {
    const preview = await open({ panel: 'table', subject, width: 1600 });
    await preview.say(...all(tablePage(0, 120)));
    await grid(preview).focus();
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowRight', 'Alt+ArrowLeft', 'Shift+ArrowRight'])
      await preview.page.keyboard.press(key);
    await expect.poll(async () => (await heads(preview)).slice(0, 3)).toEqual(['Run', 'Started', 'State']);
    await preview.page.keyboard.press('Space');
    await preview.page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(async () => (await heads(preview)).slice(0, 3)).toEqual(['Run', 'Started', 'Duration']);
    await preview.page
      .getByText('optimizer', { exact: true })
      .dragTo(preview.page.getByText('Started', { exact: true }));
    await expect.poll(async () => (await heads(preview)).slice(0, 3)).toEqual(['Run', 'optimizer', 'Started']);
    await preview.page.getByText('optimizer', { exact: true }).click({ button: 'right' });
    await preview.page.getByRole('menuitem', { name: 'Pin to the left' }).click();
    await preview.settled();
    const look = (await preview.kept()) as object;
    const again = await open({ panel: 'table', subject, kept: look, width: 1600 });
    await again.say(...all(tablePage(0, 120)));
    expect((await heads(again)).slice(0, 3)).toEqual(['Run', 'optimizer', 'Started']);
    expect(look).toMatchObject({ look: { pinned: ['param:optimizer'] } });
  });

  test('what one reads stays where it is while runs come and change', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    await preview.say(...all(tablePage(100, 1100)));
    await preview.page.locator('.grid').evaluate((element) => {
      element.scrollTop = 240;
    });
    await preview.settled();
    const seen = () => preview.page.evaluate(() => document.elementFromPoint(120, innerHeight / 2)?.textContent);
    const before = await seen();
    await preview.say({ type: 'table/runs', page: tablePage(90, 105) });
    expect(await seen()).toBe(before);
    expect(await status(preview).innerText()).toBe('1,010 runs');
    await preview.say({ type: 'table/removed', run_ids: [runId(91), runId(92)] });
    expect(await seen()).toBe(before);
  });

  test('puts only the lines that are seen on the page, of fifty thousand', async ({ open }) => {
    const preview = await open({ panel: 'table', subject });
    const pages = Array.from({ length: 10 }, (_, at) => tablePage(at * 5000, (at + 1) * 5000));
    await preview.say(...all(...pages));
    await grid(preview).focus();
    await preview.page.keyboard.press('Control+End');
    await expect.poll(async () => (await names(preview)).at(-1)).toBe('old-crane-49999');
    expect((await names(preview)).length).toBeLessThan(80);
    expect(await grid(preview).getAttribute('aria-rowcount')).toBe('50001');
  });
});

import { expect } from 'vitest';
import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { test } from './panels.ts';
import { all, curvesOf, runId, tablePage } from './table-pages.ts';

const subject = { experiment_id: '1' };
const kept = (look: object) => ({ version: PANELS_VERSION, subject, look });

const asked = async (preview: WebviewPreview) => {
  const heard = await preview.heard();
  return heard.filter(({ type }) => type === 'table/curves') as unknown as { run_ids: string[]; keys: string[] }[];
};

test('the table draws the curves of what is seen, read once it rests, and again when a run has changed', async ({
  open,
}) => {
  const preview = await open({ panel: 'table', subject });
  const askedIds = async () => (await asked(preview)).flatMap(({ run_ids }) => run_ids);
  await preview.say(...all(tablePage(0, 1000)));
  await expect.poll(askedIds).toContain(runId(30));
  expect((await asked(preview))[0]?.keys).toEqual(['val/loss']);
  const first = await askedIds();
  await preview.say(curvesOf(first));
  const outline = preview.page.locator('[data-line="0"] .spark path');
  expect(await outline.getAttribute('d')).toMatch(/^M1 1L6.8 .*M/);

  // flying by, nothing is asked for
  const scroller = preview.page.locator('.grid');
  await scroller.evaluate(async (element) => {
    for (let top = 0; top <= 12_000; top += 600) {
      element.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  await expect.poll(askedIds).toContain(runId(510));
  const ids = await askedIds();
  expect(ids).not.toContain(runId(200));
  expect(new Set(ids).size).toBe(ids.length);
  await preview.say(curvesOf(ids.slice(first.length)));

  await scroller.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect.poll(() => outline.getAttribute('d')).toMatch(/^M1 1/);
  await preview.say({ type: 'table/runs', page: tablePage(0, 1) });
  expect(await outline.getAttribute('d')).toMatch(/^M1 1/);
  await expect.poll(async () => (await asked(preview)).at(-1)?.run_ids).toEqual([runId(0)]);
  await preview.say(curvesOf([runId(0)], 3));
  expect(await outline.getAttribute('d')).toBe('M1 1L24 8L47 15');
  expect(preview.complaints).toEqual([]);
});

test('it asks for no curves where nobody wants them', async ({ open }) => {
  const preview = await open({ panel: 'table', subject, kept: kept({ choosing: true }) });
  await preview.say(...all(tablePage(0, 120)));
  const ids = async () => (await asked(preview)).flatMap(({ run_ids }) => run_ids);
  const lastSeen = async () => Number(await preview.page.locator('[data-line]').last().getAttribute('data-line'));
  // in one part, or in two where the window is laid out after the first; none of them twice
  await expect.poll(ids).toContain(runId(await lastSeen()));
  expect(new Set(await ids()).size).toBe((await ids()).length);
  const before = await asked(preview);
  await preview.page.getByRole('checkbox', { name: 'Curves beside metrics' }).click();
  await expect.poll(() => preview.page.locator('.spark').count()).toBe(0);
  expect(await preview.kept()).toMatchObject({ look: { sparklines: false } });
  await preview.page.locator('.grid').evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await preview.page.locator('[data-line="119"]').waitFor();
  // longer than scrolling takes to rest
  await preview.page.waitForTimeout(500);
  expect(await asked(preview)).toEqual(before);
});

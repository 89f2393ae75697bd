import { describe, expect } from 'vitest';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { busySeconds } from './busy.ts';
import { gridSearch, origins, three } from './compare-states.ts';
import { drag } from './hands.ts';
import { test } from './panels.ts';
import { NOW, run, series } from './recorded.ts';

const subject = { run_ids: three.map(({ run_id }) => run_id) };
const all = { type: 'compare/runs', runs: three, total: three.length };
const options = { panel: 'compare' as const, subject };

async function look(preview: WebviewPreview): Promise<Record<string, unknown>> {
  const kept = (await preview.kept()) as { look: Record<string, unknown> };
  return kept.look;
}

describe('the charts of a comparison', () => {
  test('hold the lines of all runs, are read with keys, the same place and run in all of them', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    const chart = preview.page.getByRole('img', {
      name: /^train\/loss: line chart of brave-otter, calm-heron, shy-lynx/,
    });
    await chart.focus();
    await preview.page.keyboard.press('ArrowRight');
    await preview.page.keyboard.press('ArrowRight');
    for (const name of ['train/loss', 'valid/loss']) {
      const readout = preview.page.getByRole('figure', { name }).locator('.readout');
      await expect.poll(() => readout.innerText()).toMatch(/^step 1\s+\S+\s+\d/);
    }
    await preview.page.keyboard.press('ArrowDown');
    await expect.poll(() => preview.page.locator('.readout-value.pointed').count()).toBe(3);
    expect(await preview.page.getByRole('list', { name: 'Runs' }).locator('.pointed').count()).toBe(1);
    await preview.page.keyboard.press('Escape');
    await expect.poll(() => preview.page.locator('.readout.shown').count()).toBe(0);
  });

  test('zoom to what is dragged over, all to the same steps, ask for finer samples there, and show all again', async ({
    open,
  }) => {
    const preview = await open(options);
    const [first, ...others] = three;
    if (!first) return;
    const sampled = { ...first, series: first.series.map((one) => ({ ...one, total: 1_000_000 })) };
    await preview.say({ ...all, runs: [sampled, ...others] });
    await drag(preview, '.figure canvas', [0.3, 0.2], [0.6, 0.8]);
    const range = async () => (await look(preview)).xRange as [number, number] | null;
    await expect.poll(range).not.toBeNull();
    const [from, to] = (await range()) ?? [0, 0];
    expect(from).toBeGreaterThan(0);
    expect(to).toBeLessThan(299);
    await expect.poll(async () => (await preview.heard()).map(({ type }) => type)).toContain('compare/look-closely');
    const asked = (await preview.heard()).find(({ type }) => type === 'compare/look-closely');
    expect(asked).toMatchObject({
      ask: 1,
      parts: [{ run_id: first.run_id, from: Math.floor(from), to: Math.ceil(to) }],
    });

    const middle = Math.round((from + to) / 2);
    const fine = {
      key: 'train/loss',
      total: 1_000_000,
      points: [
        [middle - 1, NOW, 0.7],
        [middle, NOW, 0.125],
        [middle + 1, NOW, 0.7],
      ],
    };
    await preview.say({
      type: 'compare/close-ups',
      ask: 1,
      parts: [{ run_id: first.run_id, from, to, series: [fine] }],
    });
    await preview.page.getByRole('button', { name: 'Show as table: train/loss' }).click();
    await preview.page.getByRole('cell', { name: '0.1250' }).waitFor();
    await preview.page.getByRole('button', { name: 'Show as table: train/loss' }).click();

    await preview.page.getByRole('button', { name: 'Show all', exact: true }).click();
    await expect.poll(range).toBeNull();
  });

  test('zoom, move and come back with keys', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    await preview.page.getByRole('img', { name: /^train\/loss/ }).focus();
    const range = async () => (await look(preview)).xRange as [number, number] | null;
    await preview.page.keyboard.press('+');
    await expect.poll(range).not.toBeNull();
    const [from] = (await range()) ?? [0];
    await preview.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => ((await range()) ?? [0])[0] > from).toBe(true);
    await preview.page.keyboard.press('0');
    await expect.poll(range).toBeNull();
  });

  test('zoom around what is read, so that it stays in sight', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    await preview.page.getByRole('img', { name: /^train\/loss/ }).focus();
    const { keyboard } = preview.page;
    for (const key of ['Home', 'ArrowRight', 'ArrowDown', '+', '+', '+']) await keyboard.press(key);
    await expect.poll(async () => ((await look(preview)).xRange as number[] | null)?.[0]).toBeLessThan(1);
    const xRange = (await look(preview)).xRange as number[];
    expect(xRange[1]).toBeGreaterThan(1);
  });

  test('have a mark for each run, which keys go through and open', async ({ open }) => {
    const runs = gridSearch(6, 3);
    const preview = await open({ ...options, subject: { run_ids: runs.map(({ run_id }) => run_id) } });
    await preview.say({ type: 'compare/runs', runs, total: runs.length });
    await preview.page.getByRole('tab', { name: 'Scatter and bars' }).click();
    for (const name of [/^Scatter of/, /^Bars of/]) {
      const chart = preview.page.getByRole('img', { name });
      await chart.focus();
      const facts = preview.page.locator('.figure', { has: chart }).getByRole('status');
      const read = async (key: string) => {
        await preview.page.keyboard.press(key);
        await preview.settled();
        return facts.innerText();
      };
      const [first, next, last] = [await read('ArrowRight'), await read('ArrowRight'), await read('End')];
      expect(first).toContain(': ');
      expect(next).not.toBe(first);
      expect(await read('Home')).toBe(first);
      expect(await read('End')).toBe(last);
      await preview.page.keyboard.press('Enter');
      await expect.poll(async () => (await preview.heard()).at(-1)?.type).toBe('compare/open');
      expect(await read('Escape')).not.toContain(': ');
    }
  });

  test('are saved as SVG, PNG and CSV', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    const save = async (what: string, type: string) => {
      await preview.page.getByLabel('Save: train/loss').click();
      await preview.page
        .locator('.menu[open]')
        .getByRole('button', { name: `Save as ${what}` })
        .click();
      await expect
        .poll(
          async () =>
            (await preview.heard()).filter(
              (said) => said.type === type && String(said.name).endsWith(what.toLowerCase()),
            ).length,
        )
        .toBe(1);
      return (await preview.heard()).findLast((said) => said.type === type);
    };
    const svg = String((await save('SVG', 'compare/save'))?.text);
    const drawn = await preview.page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { faults: parsed.querySelectorAll('parsererror').length, words: parsed.documentElement.textContent };
    }, svg);
    expect(drawn.faults).toBe(0);
    for (const word of ['train/loss', 'brave-otter', 'shy-lynx']) expect(drawn.words).toContain(word);
    const png = Buffer.from(String((await save('PNG', 'compare/save-picture'))?.base64), 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(400);
    expect(String((await save('CSV', 'compare/save'))?.text).split('\n')[0]).toBe(
      'Step,brave-otter,calm-heron,shy-lynx',
    );
  });

  test('move while a run trains, and take in runs that arrive later', async ({ open }) => {
    const preview = await open(options);
    await preview.say({ ...all, runs: three.slice(0, 2) });
    await preview.page.getByText('2 of 3 are here…').waitFor();
    await preview.say({ ...all, runs: three.slice(2) });
    await preview.page.getByText('1 running').waitFor();
    const news = [{ key: 'train/loss', points: [[300, NOW, 0.01]] }];
    await preview.say({ type: 'compare/points', points: [{ run_id: three[2]?.run_id, series: news }] });
    const facts = preview.page.getByRole('figure', { name: 'train/loss' }).locator('.facts');
    await expect.poll(() => facts.innerText()).toBe('best 0.01000 by shy-lynx at step 300');
  });

  test('name the run that is the baseline, in whatever order the runs arrive', async ({ open }) => {
    const oldestLast = gridSearch(20, 3).map((one, at) => ({
      ...one,
      run: one.run && { ...one.run, started_at: -at },
    }));
    const runs = [...oldestLast, ...gridSearch(40, 3).slice(20).reverse()];
    const preview = await open({ ...options, subject: { run_ids: runs.map(({ run_id }) => run_id) } });
    const first = preview.page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();
    const baseline = preview.page.getByRole('combobox', { name: /^Baseline/ });
    for (let from = 0; from < runs.length; from += 5) {
      await preview.say({ type: 'compare/runs', runs: runs.slice(from, from + 5), total: runs.length });
      const name = await first.getByRole('button').innerText();
      const field = baseline.locator('.selected-value');
      await expect.poll(async () => (await field.innerText()).trim()).toBe(name);
    }
  });

  test('draw 200 runs in five charts in little time, and stay free while one of them trains', async ({ open }) => {
    const runs = gridSearch(200, 120);
    const preview = await open({ ...options, now: undefined, subject: { run_ids: runs.map(({ run_id }) => run_id) } });
    // to bring megabytes into the page takes the test longer than the page takes to draw them
    const said = await preview.page.evaluateHandle((all) => all, { type: 'compare/runs', runs, total: runs.length });
    const drawing = await busySeconds(preview, async () => {
      await said.evaluate((all) => window.postMessage(all));
      await preview.page.waitForFunction(() => document.querySelectorAll('.overlay canvas').length === 5);
      await preview.settled();
    });
    // on a quiet machine half of it
    expect(drawing).toBeLessThan(0.8);
    const busy = await busySeconds(preview, () => train(preview, runs[7]?.run_id ?? ''));
    expect(busy).toBeLessThan(2.2);
    expect(preview.complaints).toEqual([]);
  });
});

describe('parallel coordinates', () => {
  test('marked with the pointer keep the runs that pass there, in the table, the lines and the legend', async ({
    open,
  }) => {
    const runs = gridSearch(30, 4);
    const preview = await open({ ...options, subject: { run_ids: runs.map(({ run_id }) => run_id) } });
    await preview.say({ type: 'compare/runs', runs, total: runs.length });
    await preview.page.getByRole('tab', { name: 'Parallel coordinates' }).click();
    await preview.page.getByRole('slider', { name: 'Upper end of optimizer' }).waitFor({ state: 'attached' });
    const axes = await preview.page.locator('.axis-head').allInnerTexts();
    const axis = `.axis:nth-of-type(${axes.indexOf('optimizer') + 1})`;
    await drag(preview, axis, [0.5, 0.02], [0.5, 0.2]);
    await preview.page.getByText('10 of 30 within what is marked').waitFor();
    await expect.poll(() => preview.page.getByRole('table', { name: 'Runs' }).locator('tbody th').count()).toBe(10);
    expect(await preview.page.getByRole('list', { name: 'Runs' }).getByRole('listitem').count()).toBe(10);
    await preview.page.getByRole('tab', { name: 'Charts' }).click();
    await preview.page.getByRole('img', { name: /^accuracy: line chart of .* and 5 more/ }).waitFor();

    const again = await open({ ...options, kept: await preview.kept() });
    await again.say({ type: 'compare/runs', runs, total: runs.length });
    await again.page.getByText('10 of 30 within what is marked').waitFor();
    await again.page.getByRole('button', { name: 'Show all runs again' }).click();
    await expect.poll(() => again.page.getByRole('list', { name: 'Runs' }).getByRole('listitem').count()).toBe(30);
  });

  test('are marked, moved and taken away with keys', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    await preview.page.getByRole('tab', { name: 'Parallel coordinates' }).click();
    const heads = () => preview.page.locator('.axis-head').allInnerTexts();
    const before = await heads();
    await preview.page.locator('.axis-head').first().focus();
    await preview.page.keyboard.press('ArrowRight');
    await expect.poll(heads).toEqual([before[1], before[0], ...before.slice(2)]);
    await preview.page.locator('.axis-head').first().focus();
    await preview.page.keyboard.press('Delete');
    await expect.poll(heads).toEqual([before[0], ...before.slice(2)]);
    await preview.page.getByRole('slider', { name: /^Upper end of f1_macro/ }).focus();
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.getByText('2 of 3 within what is marked').waitFor();
  });
});

describe('what changed', () => {
  test('is asked for when it is looked at, and opens the diff of what a person wants to see', async ({ open }) => {
    const preview = await open(options);
    await preview.say(all);
    await preview.page.getByRole('tab', { name: 'What changed?' }).click();
    const [base, other] = three;
    await expect.poll(async () => (await preview.heard()).map(({ type }) => type)).toContain('compare/trace');
    await preview.say(...origins.map((origin) => ({ type: 'compare/origin', origin })));
    await preview.page.getByRole('region', { name: 'Code' }).getByRole('row', { name: 'branch main l2' }).waitFor();
    await preview.page.getByRole('button', { name: 'Open the diff of Code' }).click();
    const diff = { type: 'compare/diff', aspect: 'code', base: base?.run_id, other: other?.run_id };
    expect(await preview.heard()).toContainEqual(diff);
  });
});

test('the table is held against the baseline that a person chooses, and leads to each run', async ({ open }) => {
  const older = run('d', { name: 'old-toad', started_at: NOW - 90_000 }, [series('accuracy', 1, () => 0.5)]);
  const preview = await open(options);
  await preview.say({ ...all, runs: [...three, older], total: 4 });
  await preview.page.getByRole('tab', { name: 'Table' }).click();
  const first = preview.page.getByRole('table', { name: 'Runs' }).locator('tbody tr').first();
  expect(await first.innerText()).toMatch(/^\s*old-toad/);
  await preview.page.getByRole('button', { name: 'Use brave-otter as baseline' }).click();
  await expect.poll(() => first.innerText()).toMatch(/^\s*brave-otter/);
  expect(await look(preview)).toMatchObject({ baseline: three[0]?.run_id, tab: 'table' });
  const row = preview.page.getByRole('row', { name: /calm-heron/ });
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain('0.6253▲ more by 0.0040 better');
  await row.getByRole('button', { name: 'calm-heron', exact: true }).click();
  expect(await preview.heard()).toContainEqual({ type: 'compare/open', run_id: three[1]?.run_id });
});

/** 5 metrics of one run, twenty times a second, for three seconds. */
function train({ page }: WebviewPreview, runId: string): Promise<void> {
  return page.evaluate(async (run_id) => {
    for (let step = 120; step < 180; step++) {
      const keys = ['train/loss', 'valid/loss', 'accuracy', 'f1_macro', 'gradient_norm'];
      const series = keys.map((key) => ({ key, points: [[step, Date.now(), 0.5]] }));
      window.postMessage({ type: 'compare/points', points: [{ run_id, series }] });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, runId);
}

import { describe, expect } from 'vitest';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { busySeconds } from './busy.ts';
import { test } from './panels.ts';
import { begun, curves, NOW, pipeline, run, series } from './recorded.ts';

const one = run('a', {}, curves(0));
const subject = { run_id: one.run_id };
const all = { type: 'runs/all', run: one, pipeline: null };

describe('the run panel', () => {
  test('draws points as they come, and says the last and the best value', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say({ ...all, run: { ...one, series: [] } });
    await preview.page.getByText('No metrics were logged').waitFor();
    const before = {
      key: 'loss',
      points: [
        [0, NOW, 0.9],
        [1, NOW + 1, 0.25],
      ],
    };
    await preview.say({ type: 'runs/points', series: [before] });
    await preview.say({
      type: 'runs/points',
      series: [{ key: 'loss', points: [[2, NOW + 2, 0.5]] }],
    });
    const facts = preview.page.getByRole('figure', { name: 'loss' }).locator('.facts');
    expect(await facts.innerText()).toMatch(/last 0\.5000\s+best 0\.2500 at step 1/);
  });

  test('says how far the steps are before there is a metric, and once why they run', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    const running = run('a', { state: 'running', ended_at: null });
    await preview.say({ ...all, run: running, pipeline: begun });
    const steps = preview.page.getByRole('list', { name: 'Progress' }).getByRole('listitem');
    expect((await steps.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '✓ split Succeeded 0.6 s',
      '● train Running 4.0 s',
      '○ evaluate Pending',
      '○ register Pending',
    ]);
    await preview.page.getByText('No metrics yet').waitFor();
    await preview.page.getByRole('tab', { name: 'Steps and logs' }).click();
    expect(await preview.page.getByText(/every step runs each time/i).count()).toBe(1);
  });

  test('starts with the log of what failed, and says why under the title', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say({ ...all, run: run('a', { state: 'failed' }), pipeline });
    await preview.page.getByRole('alert').getByText('Step train failed: exit code 1').waitFor();
    const logs = preview.page.getByRole('tab', { name: 'Steps and logs' });
    await expect.poll(() => logs.getAttribute('aria-selected')).toBe('true');
    await preview.page.getByText('ValueError: y contains 1 class').waitFor();
    await preview.page.getByText('Python 3.12.1, .venv/bin/python (of the workspace)').waitFor();
    await preview.page.getByText('build/rows.json, line 3: there is no number in it').waitFor();
    await preview.page.getByRole('tab', { name: 'Params' }).click();
    await preview.page.getByRole('row', { name: 'train.seed 7' }).waitFor();
  });

  test('reads the points of a chart with arrow keys, the same point in all charts', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all);
    await preview.page.getByRole('img', { name: /^train\/loss/ }).focus();
    await preview.page.keyboard.press('ArrowRight');
    await preview.page.keyboard.press('ArrowRight');
    for (const name of ['train/loss', 'valid/loss']) {
      const readout = preview.page.getByRole('figure', { name }).locator('.readout');
      await expect.poll(() => readout.innerText()).toMatch(/^step 1\s+\d/);
    }
    await preview.page.keyboard.press('Escape');
    await expect.poll(() => preview.page.locator('.readout.shown').count()).toBe(0);
  });

  test('shows each chart as a table', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say({ ...all, run: run('a', {}, [series('loss', 3, (at) => 1 / (at + 1))]) });
    await preview.page.getByRole('button', { name: 'Show as table: loss' }).click();
    const rows = preview.page.getByRole('figure', { name: 'loss' }).locator('tbody tr');
    expect(await rows.allInnerTexts()).toEqual(['0\t1', '1\t0.5000', '2\t0.3333']);
  });

  test('keeps tab, filter and scale over a reload of the window', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all);
    await preview.page.getByRole('checkbox', { name: 'Logarithmic' }).click();
    await preview.page.getByRole('tab', { name: 'Params' }).click();
    await preview.settled();
    const kept = await preview.kept();
    expect(kept).toMatchObject({ subject, look: { tab: 'params', logarithmic: true } });
    const again = await open({ panel: 'runs', subject, kept });
    await again.say(all);
    expect(await again.page.getByRole('tab', { name: 'Params' }).getAttribute('aria-selected')).toBe('true');
  });

  test('hands out its points as CSV', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all);
    await preview.page.getByRole('button', { name: 'Save as CSV' }).click();
    const saved = (await preview.heard()).find(({ type }) => type === 'runs/save');
    expect(saved).toMatchObject({ name: 'brave-otter-metrics.csv' });
    expect(String(saved?.text).split('\n')[0]).toBe('run_id,run,metric,step,time,value');
  });

  test('greys what it shows while the daemon is away, and comes back', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all, { type: 'connection', connection: 'away' });
    await preview.page.getByText('Reconnecting…').waitFor();
    await preview.page.getByRole('heading', { name: 'brave-otter' }).waitFor();
    await preview.say({ type: 'connection', connection: 'connected' });
    await expect.poll(() => preview.page.getByText('Reconnecting…').count()).toBe(0);
  });

  test('opened without a daemon, claims neither to load nor to know anything', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say({ type: 'connection', connection: 'stopped' });
    expect(await preview.page.locator('main').innerText()).toBe(
      'The Crisol daemon is stopped.\nStart daemon\nNot read yet.',
    );
    await preview.say({ type: 'connection', connection: 'connected' });
    await preview.page.getByText('Loading the run…').waitFor();
  });

  test('wakes when the age that it shows reads otherwise, and not while nobody sees it', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject, now: undefined, ownClock: true });
    const { page } = preview;
    const started_at = one.run?.started_at ?? NOW;
    await page.clock.install({ time: started_at });
    await preview.say(all);
    await page.clock.pauseAt(started_at + 9_000);
    const age = page.locator('.head-facts').getByText(/^started/);
    expect(await age.innerText()).toBe('started just now');
    // and two pictures later
    await page.clock.runFor(11_100);
    expect(await age.innerText()).toBe('started 20 seconds ago');
    await preview.hide(true);
    await page.clock.runFor(120_000);
    expect(await age.innerText()).toBe('started 20 seconds ago');
    await preview.hide(false);
    await page.clock.runFor(20);
    expect(await age.innerText()).toBe('started 2 minutes ago');
  });

  test('draws its charts anew when the theme changes', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all);
    const picture = () =>
      preview.page
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await expect.poll(picture).not.toBe('');
    await preview.settled();
    const dark = await picture();
    await preview.changeTheme('light');
    await expect.poll(picture).not.toBe(dark);
  });

  test('stays responsive at a thousand metrics a second', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject, now: undefined });
    await preview.say({ ...all, run: { ...one, series: [] } });
    const busy = await busySeconds(preview, () => flood(preview));
    const facts = preview.page.locator('.figure .facts').first();
    await expect.poll(() => facts.innerText(), { timeout: 5000 }).toContain('last 149');
    // of the three seconds that the flood lasts
    expect(busy).toBeLessThan(2);
    expect(preview.complaints).toEqual([]);
  });
});

/** 20 metrics, a thousand points a second, 3 seconds long. */
function flood(preview: WebviewPreview): Promise<void> {
  return preview.page.evaluate(async () => {
    for (let step = 0; step < 150; ) {
      for (let sent = 0; sent < 50; sent += 20, step += 1) {
        const series = Array.from({ length: 20 }, (_, at) => ({ key: `m${at}`, points: [[step, Date.now(), step]] }));
        window.postMessage({ type: 'runs/points', series });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}

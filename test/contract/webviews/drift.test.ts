import { describe, expect } from 'vitest';
import { test } from './panels.ts';
import { report } from './recorded.ts';

const subject = { name: 'outcome-drift' };
const drifted = { type: 'drift/state', monitor: report(), report: report() };

describe('the drift panel', () => {
  test('turns as soon as a report says so', async ({ open }) => {
    const calm = report({
      state: 'ok',
      sentence: 'No column drifted',
      column_reports: report().column_reports.slice(2),
    });
    const preview = await open({ panel: 'drift', subject });
    await preview.say({ type: 'drift/state', monitor: calm, report: calm });
    await preview.page.getByText('No column drifted', { exact: true }).waitFor();
    await preview.say(drifted);
    await preview.page.getByText('2 of 4 columns drifted').waitFor();
    const names = await preview.page.locator('.figures h3').allInnerTexts();
    expect(names).toEqual(['home_form', 'league', 'away_form', 'stadium_roof']);
  });

  test('shows test, statistic, p-value, threshold and sizes of a column, and why one was not tested', async ({
    open,
  }) => {
    const preview = await open({ panel: 'drift', subject });
    await preview.say(drifted);
    const facts = await preview.page.getByRole('figure', { name: 'home_form' }).locator('.facts').innerText();
    const said = [
      'KS statistic 0.182',
      'Kolmogorov–Smirnov p',
      'p < 0.0001',
      'PSI 0.310',
      '0.182 > 0.1',
      '4,000',
      '1,000',
      'rising',
    ];
    for (const text of said) expect(facts.replaceAll(/\s+/g, ' ')).toContain(text);
    await preview.page.getByText('Constant in the reference: nothing to compare.').waitFor();
  });

  test('shows the drifted columns alone, and keeps that', async ({ open }) => {
    const preview = await open({ panel: 'drift', subject });
    await preview.say(drifted);
    await preview.page.getByRole('checkbox', { name: 'Drifted only (2 of 4)' }).click();
    await expect.poll(() => preview.page.locator('.figures h3').count()).toBe(2);
    expect(await preview.kept()).toMatchObject({ look: { onlyDrifted: true } });
  });

  test('leads to the threshold in crisol.yaml and to the endpoint', async ({ open }) => {
    const preview = await open({ panel: 'drift', subject });
    await preview.say(drifted);
    await preview.page.getByRole('button', { name: 'Open threshold in crisol.yaml' }).click();
    await preview.page.getByRole('button', { name: 'match-outcome', exact: true }).click();
    const heard = await preview.heard();
    expect(heard).toContainEqual({ type: 'drift/open-threshold' });
    expect(heard).toContainEqual({ type: 'drift/open-endpoint', name: 'match-outcome' });
  });

  test('says how to send traffic while there is too little', async ({ open }) => {
    const waiting = report({ state: 'waiting', sentence: 'Needs 70 more requests.', rows: 30, column_reports: [] });
    const preview = await open({ panel: 'drift', subject });
    await preview.say({ type: 'drift/state', monitor: waiting, report: null });
    await preview.page.getByRole('button', { name: 'Copy crisol demo traffic' }).click();
    expect(await preview.heard()).toContainEqual(
      expect.objectContaining({ type: 'copy', text: 'crisol demo traffic' }),
    );
  });
});

import { describe, expect } from 'vitest';
import { test } from './panels.ts';
import { answer, endpoint, example, NOW, signature } from './recorded.ts';

const subject = { name: 'match-outcome' };
const ready = { type: 'endpoint/state', endpoint, signature };

describe('the endpoint panel', () => {
  test('sends what stands in the form with Ctrl+Enter, and shows the answer', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready);
    const field = preview.page.getByRole('textbox', { name: /^home_form/ });
    await field.fill('12');
    await field.press('ArrowDown');
    await preview.page.keyboard.press('Control+Enter');
    expect(await preview.heard()).toContainEqual({
      type: 'endpoint/predict',
      ask: 1,
      record: { ...example, home_form: 11 },
    });
    await preview.say({ type: 'endpoint/answer', ask: 1, answer, round_trip_ms: 4.8, at: NOW });
    await preview.page.getByRole('row', { name: 'home 61.2 %' }).waitFor();
    await preview.page.getByText('0.4 ms in the endpoint · 4.8 ms there and back').waitFor();
  });

  for (const [width, height] of [
    [920, 640],
    [640, 540],
  ] as const) {
    test(`has its button and its answer in sight at ${width} × ${height}`, async ({ open }) => {
      const preview = await open({ panel: 'endpoint', subject, width, height });
      await preview.say(ready);
      const button = await preview.page.getByRole('button', { name: 'Predict' }).boundingBox();
      expect((button?.y ?? height) + (button?.height ?? 0)).toBeLessThan(height / 3);
      await preview.page.getByTitle('whole number, 0 to 15 in training').first().waitFor();
    });
  }

  test('draws an endpoint as stopped when its daemon is', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready, { type: 'connection', connection: 'stopped' });
    await preview.page.getByText('○ Stopped').waitFor();
    expect(await preview.page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    await preview.say({ type: 'connection', connection: 'connected' });
    await preview.page.getByText('● Ready').waitFor();
  });

  test('fills the form with a request from the list', async ({ open }) => {
    const past = [{ record: { ...example, away_form: 2 }, answer, round_trip_ms: 3, at: NOW }];
    const preview = await open({ panel: 'endpoint', subject, kept: { version: 1, subject, look: { past } } });
    await preview.say(ready);
    await preview.page.getByTitle('Fill the form with it').click();
    await expect.poll(() => preview.page.getByRole('textbox', { name: /^away_form/ }).inputValue()).toBe('2');
  });

  test('says beside the field what is wrong with it, and sends nothing', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready);
    await preview.page.getByRole('textbox', { name: /^elo_difference/ }).fill('much');
    await preview.page.getByText('“much” is no number').waitFor();
    await preview.page.keyboard.press('Control+Enter');
    expect((await preview.heard()).some(({ type }) => type === 'endpoint/predict')).toBe(false);
  });

  test('carries values between form and JSON', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready);
    await preview.page.getByRole('button', { name: 'JSON' }).click();
    const text = preview.page.getByRole('textbox', { name: 'Request as JSON' });
    expect(JSON.parse(await text.inputValue())).toEqual(example);
    await text.fill(JSON.stringify({ ...example, league: 'Serie A' }));
    await preview.page.getByRole('button', { name: 'Form' }).click();
    const league = preview.page.getByRole('combobox', { name: /^league/ });
    await expect.poll(() => league.evaluate(shownText)).toBe('Serie A');
  });

  test('chooses a category with the keyboard', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready);
    await preview.page.getByRole('combobox', { name: /^league/ }).focus();
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('Control+Enter');
    expect(await preview.heard()).toContainEqual(
      expect.objectContaining({ type: 'endpoint/predict', record: { ...example, league: 'Premier League' } }),
    );
  });

  test('starts an endpoint that does not run, and asks the extension for programs to copy', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say({ ...ready, endpoint: { ...endpoint, state: 'stopped', url: null } });
    await preview.page.getByRole('button', { name: 'Start endpoint' }).click();
    await preview.say(ready);
    await preview.page.getByRole('button', { name: 'Copy as Python' }).click();
    const heard = await preview.heard();
    expect(heard).toContainEqual({ type: 'endpoint/start' });
    expect(heard).toContainEqual({ type: 'endpoint/copy-as', language: 'python', record: example });
  });

  test('lets the keyboard reach everything', async ({ open }) => {
    const preview = await open({ panel: 'endpoint', subject });
    await preview.say(ready);
    const reached = new Set<string>();
    for (let press = 0; press < 20; press++) {
      await preview.page.keyboard.press('Tab');
      reached.add(await preview.page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    for (const name of ['Stop', 'Form', 'JSON', 'Fill with example', 'Predict', 'curl', 'Python', 'JavaScript']) {
      expect([...reached]).toContain(name);
    }
  });
});

/** A drop-down of the toolkit draws its value in its shadow. */
function shownText(element: Element): string {
  return element.shadowRoot?.querySelector('.selected-value')?.textContent?.trim() ?? '';
}

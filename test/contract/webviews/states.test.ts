import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installEditor } from '../../../tools/editor.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { launchBrowser } from '../../support/editor.ts';
import { buildWebviews, THEME_NAMES, WebviewPreview } from '../../support/webview-preview.ts';
import { faults } from './checks.ts';
import { NOW } from './recorded.ts';
import { states } from './states.ts';

const PICTURES = join(ROOT, 'test-results', 'webviews');

describe('each panel in each state', () => {
  let browser: Browser;
  let files: Map<string, string>;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [browser, files] = await Promise.all([installEditor().then(launchBrowser), buildWebviews()]);
  });
  afterAll(() => browser?.close());

  test.each(states)('$name: fits, can be read and reached, in every theme and width', async (state) => {
    const { panel, subject, kept, messages, act } = state;
    const preview = await WebviewPreview.open(browser, files, { panel, subject, kept, now: NOW });
    try {
      await preview.say(...messages);
      await act?.(preview);
      for (const theme of THEME_NAMES) {
        await preview.changeTheme(theme);
        expect(await faults(preview), theme).toEqual([]);
      }
      for (const width of [400, 1600]) {
        await preview.page.setViewportSize({ width, height: 800 });
        await preview.settled();
        expect(await faults(preview), `${width} px`).toEqual([]);
      }
    } catch (failure) {
      await preview.page.screenshot({ path: join(PICTURES, `${state.name.replace(/\W+/g, '-')}.png`) });
      throw failure;
    } finally {
      await preview.close();
    }
  });
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { installEditor } from '../../../tools/editor.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { launchBrowser } from '../../support/editor.ts';
import type { PreviewOptions } from '../../support/webview-preview.ts';
import { readWebviews, WebviewPreview } from '../../support/webview-preview.ts';
import { NOW } from './recorded.ts';

const PICTURES = join(ROOT, 'test-results', 'webviews');

interface OpenOptions extends PreviewOptions {
  /** time is stopped or turned, which all pages of a context would see */
  ownClock?: true;
}

/** `open` shows a panel in the browser of the file; a failing test leaves a picture of each it opened. */
export const test = base
  .extend('editor', { scope: 'worker' }, () => installEditor())
  .extend('browser', { scope: 'worker' }, async ({ editor }, { onCleanup }) => {
    const browser = await launchBrowser(editor, ['--renderer-process-limit=1']);
    onCleanup(() => browser.close());
    return browser;
  })
  // pages of one context are of one process, which knows the panels' code already
  .extend('context', { scope: 'file' }, async ({ browser }) => {
    const context = await browser.newContext();
    await context.newPage();
    return context;
  })
  .extend('files', { scope: 'file' }, () => readWebviews())
  .extend('open', ({ browser, context, files, task }, { onCleanup }) => {
    const opened: WebviewPreview[] = [];
    onCleanup(async () => {
      for (const preview of opened) {
        if (task.result?.state === 'fail') await takePicture(preview, task.fullTestName);
        await preview.close();
      }
    });
    return async ({ ownClock, ...options }: OpenOptions): Promise<WebviewPreview> => {
      const pages = ownClock ? await browser.newContext() : context;
      const preview = await WebviewPreview.open(pages, files, { now: NOW, ...options });
      opened.push(preview);
      return preview;
    };
  });

async function takePicture({ page }: WebviewPreview, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 100)}.png`) });
}

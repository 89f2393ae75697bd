import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { installEditor } from '../../editor.ts';
import type { CodeServer } from '../../lib/code-server.ts';
import { folderAddress, installExtension, startCodeServer } from '../../lib/code-server.ts';
import { packageExtension } from '../../package.ts';

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
};

/** A real VS Code with the packaged extension, shown in a real browser. */
export class BenchEditor {
  private readonly home: string;
  private readonly server: CodeServer;
  private readonly browser: Browser;

  private constructor(home: string, server: CodeServer, browser: Browser) {
    this.home = home;
    this.server = server;
    this.browser = browser;
  }

  static async start(): Promise<BenchEditor> {
    const editor = await installEditor();
    const home = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-bench-editor-'));
    mkdirSync(join(home, 'User'), { recursive: true });
    writeFileSync(join(home, 'User', 'settings.json'), JSON.stringify(SETTINGS));
    const options = { editor, home, extensions: join(home, 'extensions') };
    await installExtension(options, await packageExtension());
    const env = { ...(process.env as Record<string, string>), ...editor.chromiumEnv };
    const args = ['--no-sandbox', '--disable-gpu'];
    const browser = await chromium.launch({ executablePath: editor.chromium, env, args });
    return new BenchEditor(home, await startCodeServer(options), browser);
  }

  async open(folder: string): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(folderAddress(this.server.url, folder));
    await page.locator('.activitybar').getByRole('tab', { name: 'Crisol' }).waitFor();
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** From the palette; it may not know the command yet, so that it is asked until it does. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  for (let tries = 0; tries < 20; tries++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${title}`);
    const found = await row.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (found) {
      await row.click();
      return;
    }
    await page.keyboard.press('Escape');
  }
  throw new Error(`there is no command ${title}`);
}

/** The content of the only webview, once it is there. */
export async function webview(page: Page): Promise<Frame> {
  const outer = await page.locator('iframe.webview.ready').elementHandle();
  const frame = await outer?.contentFrame();
  const inner = await (await frame?.waitForSelector('#active-frame'))?.contentFrame();
  if (!inner) throw new Error('there is no webview');
  await inner.waitForSelector('h1');
  return inner;
}

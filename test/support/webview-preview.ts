import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { pageHtml } from '../../extension/panels/html.ts';
import { ROOT } from '../../tools/lib/root.ts';

export type ThemeName = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
export const THEME_NAMES: ThemeName[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

export interface PreviewOptions {
  panel: 'runs' | 'compare' | 'endpoint' | 'drift' | 'table' | 'pipeline';
  subject: unknown;
  theme?: ThemeName;
  width?: number;
  height?: number;
  /** what an earlier page kept with setState */
  kept?: unknown;
  /** the page's time of day, which does not move then */
  now?: number;
}

const ORIGIN = 'http://panel.test';

/** The webviews' bundles as they are shipped, which test/support/build.ts made. */
export function readWebviews(): Map<string, string> {
  const folder = join(ROOT, 'dist', 'webviews');
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A panel's real page and bundle in a plain browser, with VS Code's own variables; the test plays the extension. */
export class WebviewPreview {
  readonly page: Page;
  /** what the page complained of: each is a failure */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error.stack ?? error)));
  }

  static async open(
    context: BrowserContext,
    files: Map<string, string>,
    options: PreviewOptions,
  ): Promise<WebviewPreview> {
    const { panel, subject, theme = 'dark', width = 1000, height = 800, kept, now } = options;
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    const preview = new WebviewPreview(page);
    if (now !== undefined) await page.clock.setFixedTime(now);
    await page.addInitScript(actAsVsCode, { kept, ...readTheme(theme) });
    const parts = { title: panel, script: `${ORIGIN}/${panel}.js`, style: `${ORIGIN}/${panel}.css` };
    const html = pageHtml({ ...parts, cspSource: ORIGIN, nonce: 'n0nce', subject });
    await page.route(`${ORIGIN}/**`, (route) => {
      const name = basename(new URL(route.request().url()).pathname);
      const body = name === '' ? html : files.get(name);
      const contentType = name === '' ? 'text/html' : name.endsWith('.css') ? 'text/css' : 'text/javascript';
      return body === undefined ? route.fulfill({ status: 204 }) : route.fulfill({ body, contentType });
    });
    await page.goto(`${ORIGIN}/`);
    await page.waitForFunction(() => window.toExtension.some(({ type }) => type === 'ready'));
    return preview;
  }

  /** Says it as the extension does, and waits until it is drawn. */
  async say(...messages: unknown[]): Promise<void> {
    await this.page.evaluate((all) => {
      for (const message of all) window.postMessage(message);
    }, messages);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)))),
    );
  }

  /** Everything that the page told the extension so far. */
  heard(): Promise<{ type: string; [key: string]: unknown }[]> {
    return this.page.evaluate(() => window.toExtension);
  }

  kept(): Promise<unknown> {
    return this.page.evaluate(() => window.kept);
  }

  async changeTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(({ css, kind, classes }) => window.wear({ css, kind, classes }), readTheme(name));
    await this.settled();
  }

  /** As when its window is minimised, and shown again. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

declare global {
  interface Window {
    toExtension: { type: string; [key: string]: unknown }[];
    kept: unknown;
    wear(theme: { css: string; kind: string; classes: string }): void;
  }
}

interface Theme {
  css: string;
  kind: string;
  classes: string;
  defaults: string;
}

function readTheme(name: ThemeName): Theme {
  const folder = join(ROOT, 'test', 'fixtures', 'themes');
  const theme: { kind: string; classes: string; variables: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, `${name}.json`), 'utf8'),
  );
  const variables = Object.entries(theme.variables).map(([key, value]) => `${key}: ${value};`);
  const defaults = readFileSync(join(folder, 'default-styles.css'), 'utf8');
  return { css: variables.join(' '), kind: theme.kind, classes: theme.classes, defaults };
}

/** Runs in the page before its own script: what VS Code puts into every webview. */
function actAsVsCode({ kept, css, kind, classes, defaults }: Theme & { kept: unknown }): void {
  window.toExtension = [];
  window.kept = kept;
  window.wear = (theme) => {
    document.documentElement.style.cssText = theme.css;
    document.body.className = theme.classes;
    document.body.dataset.vscodeThemeKind = theme.kind;
    document.body.dataset.vscodeThemeId = theme.kind;
  };
  const api = {
    postMessage: (message: { type: string }) => void window.toExtension.push(message),
    getState: () => window.kept,
    setState: (state: unknown) => {
      window.kept = structuredClone(state);
    },
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    const sheet = new CSSStyleSheet();
    // in VS Code the editor's background shows through the page
    sheet.replaceSync(`${defaults} html { background: var(--vscode-editor-background); }`);
    document.adoptedStyleSheets.push(sheet);
    window.wear({ css, kind, classes });
  }).observe(document, { childList: true, subtree: true });
}

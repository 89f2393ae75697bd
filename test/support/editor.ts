import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findDaemon } from '../../daemon/life/index.ts';
import type { InstalledEditor } from '../../tools/editor.ts';
import type { CodeServer } from '../../tools/lib/code-server.ts';
import { fileAddress, folderAddress, startCodeServer } from '../../tools/lib/code-server.ts';
import { THEMES, Workbench } from './workbench/workbench.ts';

export type Settings = Record<string, unknown>;

/** Nothing that asks, greets or moves on its own. */
const QUIET: Settings = {
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': THEMES.dark.name,
  'chat.disableAIFeatures': true,
  // the tests end it themselves; one that is forgotten leaves soon
  'crisol.daemon.idleMinutes': 2,
  'files.autoSave': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  // nobody looks at these, and the machine is busy enough
  'remote.autoForwardPorts': false,
  'editor.cursorBlinking': 'solid',
};

/** For what a person would see at once: on a machine that does much else it takes longer, and then it comes all the same. */
const PATIENCE_MS = 60_000;

export interface EditorOptions {
  editor: InstalledEditor;
  /** the folder where extensions are installed already */
  extensions: string;
  browser: Browser;
}

export function launchBrowser(
  { chromium: executablePath, chromiumEnv }: InstalledEditor,
  more: string[] = [],
): Promise<Browser> {
  const env = { ...(process.env as Record<string, string>), ...chromiumEnv };
  return chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-gpu', ...more] });
}

/** VS Code with its own settings and state, for the windows of many tests: what a browser has read once it need not read again. */
export class Editor {
  private readonly home: string;
  private readonly server: CodeServer;
  private readonly context: BrowserContext;
  private readonly storage: CDPSession;
  private readonly pages = new Set<Page>();
  private readonly folders = new Set<string>();
  private settings: Settings = QUIET;

  private constructor(home: string, server: CodeServer, context: BrowserContext, storage: CDPSession) {
    this.home = home;
    this.server = server;
    this.context = context;
    this.storage = storage;
  }

  static async start({ browser, ...options }: EditorOptions): Promise<Editor> {
    const home = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-editor-'));
    writeSettings(home, QUIET);
    const server = await startCodeServer({ ...options, home, forgetAfterSeconds: 1 });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(holdStill);
    const storage = await context.newCDPSession(await context.newPage());
    return new Editor(home, server, context, storage);
  }

  /** A window of its own on a folder, with one of its files open if one is named. */
  async open(folder: string, file?: string): Promise<Workbench> {
    this.folders.add(folder);
    const page = await this.context.newPage();
    this.pages.add(page);
    const { url } = this.server;
    await page.goto(file === undefined ? folderAddress(url, folder) : fileAddress(url, folder, file));
    return new Workbench(page).ready();
  }

  /** Changes user settings for the windows that are opened after it: open ones don't watch the file. */
  configure(settings: Settings): void {
    this.settings = { ...this.settings, ...settings };
    writeSettings(this.home, this.settings);
  }

  /** The pages of all open windows. */
  windows(): Page[] {
    return [...this.pages];
  }

  /** Closes all windows, and ends the daemons that they started: those would stay for a while, as they should. Nothing of them is remembered. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.windows().map((page) => page.close()));
    this.pages.clear();
    await Promise.all([...this.folders].map(endDaemon));
    this.folders.clear();
    await this.storage.send('Storage.clearDataForOrigin', {
      origin: new URL(this.server.url).origin,
      storageTypes: 'cookies,local_storage,indexeddb,file_systems,websql',
    });
    rmSync(join(this.home, 'User'), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.settings = QUIET;
    writeSettings(this.home, QUIET);
  }

  async stop(): Promise<void> {
    await this.closeWindows();
    await this.context.close();
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** In the page: VS Code's signs of progress turn on for whoever asked for less motion, and each turn is drawn by the processor. */
function holdStill(): void {
  const still = new CSSStyleSheet();
  still.replaceSync(
    '*, ::before, ::after { animation-duration: 1ms !important; animation-iteration-count: 1 !important; }',
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
}

async function endDaemon(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const daemon = await findDaemon(realpathSync.native(folder));
  if (daemon) process.kill(daemon.info.pid, 'SIGTERM');
}

function writeSettings(home: string, settings: Settings): void {
  mkdirSync(join(home, 'User'), { recursive: true });
  writeFileSync(join(home, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

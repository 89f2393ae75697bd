import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandFailed, mustExec } from './lib/exec.ts';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/root.ts';
import { removeUnusedEditors } from './lib/unused-editors.ts';

const RECIPE = join(ROOT, 'test', 'e2e', 'editor');
const FILES = ['package.json', 'package-lock.json', '.npmrc', 'spdlog.js'];

/** VS Code for the browser, and the Chromium that the end-to-end tests drive it with. */
export interface InstalledEditor {
  /** the Node program that serves VS Code */
  codeServer: string;
  chromium: string;
  /** where Chromium finds its libraries and its fonts */
  chromiumEnv: Record<string, string>;
}

/** Installs both from packages alone into a cache that is kept, once for each version of the recipe. */
export async function installEditor(): Promise<InstalledEditor> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'crisol');
  const home = join(cache, `editor-${recipeHash()}`);
  if (!existsSync(home)) {
    await makeAside(home);
    removeUnusedEditors(cache, Date.now());
  }
  utimesSync(home, new Date(), new Date());
  const browser = join(home, 'browser');
  return {
    codeServer: join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    chromium: process.env.CHROME_PATH || join(browser, 'chromium'),
    chromiumEnv: process.env.CHROME_PATH
      ? {}
      : { LD_LIBRARY_PATH: join(browser, 'al2023', 'lib'), FONTCONFIG_FILE: join(browser, 'fonts.conf') },
  };
}

/** The Chromium of the recipe is for Linux on x64; elsewhere CHROME_PATH names one. */
export function canDriveBrowser(): boolean {
  return Boolean(process.env.CHROME_PATH) || (process.platform === 'linux' && process.arch === 'x64');
}

function recipeHash(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(RECIPE, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Of two installations at the same moment the first one to be ready stays. */
async function makeAside(home: string): Promise<void> {
  const draft = `${home}.${process.pid}`;
  try {
    await install(draft, home);
    renameSync(draft, home);
  } catch (failure) {
    if (!existsSync(home)) throw failure instanceof CommandFailed ? new CommandFailed(withAdvice(failure)) : failure;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function withAdvice({ message }: CommandFailed): string {
  return `${message}\nVS Code for the browser could not be installed: this once it needs the network.`;
}

async function install(draft: string, home: string): Promise<void> {
  console.log('VS Code for the browser is being installed: once, about 0.9 GB in the cache of your account.');
  mkdirSync(join(draft, 'browser'), { recursive: true });
  for (const file of FILES) copyFileSync(join(RECIPE, file), join(draft, file));
  await step('Installing VS Code for the browser (1 of 4)', () => npm(draft, ['ci']));
  const code = join(draft, 'node_modules', 'code-server', 'lib', 'vscode');
  // not `ci`: its lock lacks an entry
  await step('Installing its modules (2 of 4)', () => npm(code, ['install', '--no-save', '--omit=dev']));
  const extensions = join(code, 'extensions');
  await step('Installing its extensions (3 of 4)', () => npm(extensions, ['install', '--no-save', '--omit=dev']));
  copyFileSync(join(draft, 'spdlog.js'), join(code, 'node_modules', '@vscode', 'spdlog', 'index.js'));
  if (process.platform === 'linux')
    await step('Unpacking a browser for tests (4 of 4)', () => unpackChromium(draft, home));
}

async function npm(cwd: string, args: string[]): Promise<void> {
  const { npm_node_execpath: node, npm_execpath: cli } = process.env;
  const [command, before] = cli ? [node ?? process.execPath, [cli]] : ['npm', []];
  await mustExec(command, [...before, ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
  });
}

/** The package unpacks into the temporary folder, and its libraries only where it believes itself to be on AWS. */
async function unpackChromium(draft: string, home: string): Promise<void> {
  const browser = join(draft, 'browser');
  const from = pathToFileURL(join(draft, 'node_modules', '@sparticuz', 'chromium', 'build', 'index.js')).href;
  const script = `await (await import(${JSON.stringify(from)})).default.executablePath()`;
  const env = { ...process.env, TMPDIR: browser, AWS_EXECUTION_ENV: 'nodejs24.x' };
  await mustExec(process.execPath, ['--input-type=module', '-e', script], { env });
  writeFileSync(join(browser, 'fonts.conf'), fonts(home));
}

/** With no font at all Chromium crashes at the first text; the same fonts everywhere make pictures alike. */
function fonts(home: string): string {
  const globs = ['*Serif*', '*Condensed*', '*ExtraLight*', '*MathTeX*'].map((glob) => `<glob>${glob}</glob>`);
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${join(home, 'node_modules', 'dejavu-fonts-ttf', 'ttf')}</dir>
  <selectfont><rejectfont>${globs.join('')}</rejectfont></selectfont>
  <cachedir>${join(home, 'browser', 'font-cache')}</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;
}

if (import.meta.main) console.log(await installEditor());

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstalledEditor } from '../editor.ts';
import { exec } from './exec.ts';

export interface CodeServerOptions {
  editor: InstalledEditor;
  /** everything that it writes: settings, state, logs */
  home: string;
  /** where extensions are installed */
  extensions: string;
  env?: Record<string, string>;
  /** without one, or with 0, the system chooses */
  port?: number;
  /** how long a window that went away may come back (default: three hours) */
  forgetAfterSeconds?: number;
}

/** VS Code served to browsers on this machine. */
export interface CodeServer {
  url: string;
  pid: number;
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** The address that shows a folder. */
export function folderAddress(url: string, folder: string): string {
  return `${url}?folder=${encodeURIComponent(folder)}`;
}

/**
 * The address that shows a folder with a file of it open. The file is named as that window names its files: under another
 * name it would be another file, which no language server sees as part of the folder.
 */
export function fileAddress(url: string, folder: string, file: string): string {
  const { host } = new URL(url);
  const name = pathToFileURL(join(folder, file)).href.replace('file://', `vscode-remote://${host}`);
  return `${folderAddress(url, folder)}&payload=${encodeURIComponent(JSON.stringify([['openFile', name]]))}`;
}

/** Installs a packaged extension as a user would. */
export async function installExtension(options: CodeServerOptions, vsix: string): Promise<void> {
  prepare(options);
  const { code, output } = await exec(process.execPath, [...baseArguments(options), '--install-extension', vsix], {
    env: environment(options),
  });
  if (code !== 0) throw new Error(`the extension could not be installed:\n${output}`);
}

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  prepare(options);
  const address = `127.0.0.1:${options.port ?? 0}`;
  const args = ['--auth', 'none', '--bind-addr', address, '--disable-telemetry', '--disable-update-check'];
  if (options.forgetAfterSeconds) args.push('--reconnection-grace-time', String(options.forgetAfterSeconds));
  const child = spawn(process.execPath, [...baseArguments(options), ...args], {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own: one signal ends all that it starts
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await addressOf(child);
  return { url, pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
}

function prepare({ home, extensions }: CodeServerOptions): void {
  mkdirSync(extensions, { recursive: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'config.yaml'), 'auth: none\n');
}

function baseArguments({ editor, home, extensions }: CodeServerOptions): string[] {
  const config = join(home, 'config.yaml');
  return [editor.codeServer, '--config', config, '--user-data-dir', home, '--extensions-dir', extensions];
}

/** Without what an outer VS Code left in the environment: it would be asked to open the folder itself. */
function environment({ home, env }: CodeServerOptions): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', XDG_DATA_HOME: join(home, 'data'), ...env };
}

function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk;
      const found = /listening on (http:\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`VS Code for the browser ended with ${code}:\n${output}`)));
  });
}

const PATIENCE_MS = 5_000;

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(impatience);
  signalGroup(child, 'SIGKILL'); // what outlived its parent
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // the group is gone
  }
}

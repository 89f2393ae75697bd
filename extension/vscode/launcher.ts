import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the command `crisol` for terminals into a folder, which can then stand on the PATH. */
export async function writeLauncher(folder: string, node: string, cli: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeOnce(join(folder, 'crisol'), shellScript(node, cli));
  if (process.platform === 'win32') await writeOnce(join(folder, 'crisol.cmd'), batchFile(node, cli));
}

/** Two windows may write at the same moment, and a terminal may be reading: the file changes as a whole, if at all. */
async function writeOnce(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === text) return;
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, text);
  await chmod(aside, 0o755);
  await rename(aside, file);
}

// inside desktop VS Code, node is Electron, which becomes Node when told so
function shellScript(node: string, cli: string): string {
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(cli)} "$@"\n`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

function batchFile(node: string, cli: string): string {
  const [program, script] = [node, cli].map((path) => `"${path.replaceAll('%', '%%')}"`);
  return `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n${program} ${script} %*\r\n`;
}

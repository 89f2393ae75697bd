import { open, readFile, readlink } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import type { SourceProgram } from '../../../../schemas/wire/run-source.ts';
import { withoutSecrets } from './mask.ts';
import { listPackages } from './packages.ts';
import type { Python } from './python.ts';
import { pythonOf } from './python.ts';

const MOST_ARGUMENTS = 200;
const LONGEST_ARGUMENT = 1000;

/** What a process of this user runs, on Linux. Its environment is not looked at: it holds secrets. */
export async function programOf(pid: number): Promise<SourceProgram | undefined> {
  const [line, cwd, file] = await Promise.all([
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
    readlink(`/proc/${pid}/exe`).catch(() => ''),
  ]);
  const words = line.split('\0').slice(0, -1);
  if (words.length === 0 || file === '') return undefined;
  const python = await pythonAt(pid, file, resolved(words[0] ?? '', cwd));
  return {
    command: withoutSecrets(words, process.env).slice(0, MOST_ARGUMENTS).map(shortened),
    cwd,
    interpreter: python?.interpreter ?? file,
    language: python ? `Python ${python.version}` : null,
    packages: python ? await listPackages(python.folders) : null,
  };
}

async function pythonAt(pid: number, file: string, called: string | undefined): Promise<Python | undefined> {
  if (!/^(i?python|pypy)/.test(basename(file))) return undefined;
  return pythonOf({ file, called, mapped: await readHead(`/proc/${pid}/maps`) });
}

const MOST_MAP_BYTES = 4 * 1024 * 1024;

/** Files in /proc have no size: this reads until there is no more. */
async function readHead(path: string): Promise<string> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return '';
  let text = '';
  try {
    for await (const part of handle.createReadStream({ encoding: 'latin1' })) {
      text += part;
      if (text.length > MOST_MAP_BYTES) break;
    }
  } catch {
    // it has ended meanwhile: what was read is true
  } finally {
    await handle.close().catch(() => undefined);
  }
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** As the shell called it: in a virtual environment, a link that leads out of it. */
function resolved(word: string, cwd: string): string | undefined {
  if (isAbsolute(word)) return word;
  return word.includes('/') ? resolve(cwd, word) : undefined;
}

function shortened(word: string): string {
  return word.length > LONGEST_ARGUMENT ? `${word.slice(0, LONGEST_ARGUMENT)}…` : word;
}

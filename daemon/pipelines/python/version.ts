import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Type } from 'typebox';
import { readPrivate, writePrivate } from '../../life/index.ts';
import type { Seal } from '../../store/index.ts';
import { behindPyenv } from './pyenv.ts';

const WITHIN_MS = 30_000;

const Kept = Type.Object({ identity: Type.String(), version: Type.String(), seal: Type.String() });

/** What the one that was asked last has said, for the next daemon. */
interface Memory {
  file: string;
  seal: Seal;
}

/**
 * What a Python says of itself, such as `Python 3.12.1`. It is asked once, and again when the file that is behind the name is
 * another: a virtual environment whose Python was replaced, an upgrade by the system.
 */
export class PythonVersions {
  private readonly workspace: string;
  private readonly memory: Memory | undefined;
  private readonly known = new Map<string, { identity: string; version: Promise<string | null> }>();

  constructor(workspace: string, memory?: Memory) {
    this.workspace = workspace;
    this.memory = memory;
  }

  /** Null when there is nothing that answers. */
  of(python: string): Promise<string | null> {
    const asked = behindPyenv(python, this.workspace) ?? python;
    const identity = this.identityOf(asked);
    if (identity === undefined) return Promise.resolve(null);
    const known = this.known.get(python);
    if (known?.identity === identity) return known.version;
    const version = this.remembered(identity) ?? this.ask(asked, identity);
    this.known.set(python, { identity, version });
    return version;
  }

  private remembered(identity: string): Promise<string> | undefined {
    const kept = this.memory && readPrivate(this.memory.file, Kept);
    // one that came with a folder may tell anything
    if (kept?.identity !== identity || kept.seal !== this.memory?.seal(identity, kept.version)) return undefined;
    return Promise.resolve(kept.version);
  }

  private async ask(python: string, identity: string): Promise<string | null> {
    const version = await ask(python, this.workspace);
    if (version === null || !this.memory) return version;
    const { file, seal } = this.memory;
    try {
      if (isItself(python)) writePrivate(file, { identity, version, seal: seal(identity, version) });
    } catch {
      // one that may be run but not read, a full disk: the next daemon asks again
    }
    return version;
  }

  private identityOf(python: string): string | undefined {
    try {
      // other stand-ins choose by this file, too
      const chosen = statSync(join(this.workspace, '.python-version'), { bigint: true, throwIfNoEntry: false });
      const behind = realpathSync.native(python);
      const { ino, mtimeNs, size } = statSync(behind, { bigint: true });
      return [behind, ino, mtimeNs, size, chosen?.ino, chosen?.mtimeNs, process.env.PYENV_VERSION].join(' ');
    } catch {
      return undefined;
    }
  }
}

/** A stand-in that chooses another, a script or a link to a tool, may choose otherwise tomorrow and look the same. */
function isItself(python: string): boolean {
  const behind = realpathSync.native(python);
  if (!/^(python|pypy|graalpy)[\d.]*(\.exe)?$/.test(basename(behind))) return false;
  const file = openSync(behind, 'r');
  try {
    const beginning = Buffer.alloc(2);
    readSync(file, beginning);
    return beginning.toString('latin1') !== '#!';
  } finally {
    closeSync(file);
  }
}

function ask(python: string, workspace: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { cwd: workspace, timeout: WITHIN_MS, windowsHide: true };
    // older ones say it on stderr
    execFile(python, ['-V'], options, (failure, stdout, stderr) => resolve(failure ? null : said(stdout || stderr)));
  });
}

/** Of `Python 3.10.14 (75b3de9d9035, Apr 21 2024)\n[PyPy 7.3.16 …]` what its users would call it. */
function said(text: string): string | null {
  const [python] = /^Python \d\S*/.exec(text) ?? [];
  const [, other] = /\[((?:PyPy|GraalPy) \S+)/.exec(text) ?? [];
  return python === undefined ? null : [python, ...(other === undefined ? [] : [other])].join(' ');
}

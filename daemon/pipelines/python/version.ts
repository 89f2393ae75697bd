import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { behindPyenv } from './pyenv.ts';

const WITHIN_MS = 30_000;

/**
 * What a Python says of itself, such as `Python 3.12.1`. It is asked once, and again when the file that is behind the name is
 * another: a virtual environment whose Python was replaced, an upgrade by the system.
 */
export class PythonVersions {
  private readonly workspace: string;
  private readonly known = new Map<string, { identity: string; version: Promise<string | null> }>();

  constructor(workspace: string) {
    this.workspace = workspace;
  }

  /** Null when there is nothing that answers. */
  of(python: string): Promise<string | null> {
    const asked = behindPyenv(python, this.workspace) ?? python;
    const identity = this.identityOf(asked);
    if (identity === undefined) return Promise.resolve(null);
    const known = this.known.get(python);
    if (known?.identity === identity) return known.version;
    const version = ask(asked, this.workspace);
    this.known.set(python, { identity, version });
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

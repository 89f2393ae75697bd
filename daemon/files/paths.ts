import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { isAbsolute, posix, relative } from 'node:path';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { CrisolError } from '../base/errors.ts';
import { isIgnored } from './looking/ignored.ts';
import { codeOf, isMissing } from './missing.ts';
import type { Raw } from './raw.ts';
import { rawOf, shown, systemPath } from './raw.ts';

const RUNS = `${STATE_FOLDER}/${STATE_FILES.runs}/`;

/** A path within the workspace as names joined by `/`; the workspace itself is the empty one. */
export class Paths {
  /** of the workspace, with no link in it */
  readonly top: Raw;
  private readonly workspace: string;

  constructor(workspace: string) {
    this.workspace = realpathSync(workspace);
    this.top = withSlashes(rawOf(this.workspace));
  }

  /** What is given by a person; throws when it leads out of the workspace, over links too. */
  within(path: string): Raw {
    const names = namesOf(isAbsolute(path) ? relative(this.workspace, path) || '.' : path);
    if (!names) throw outside(path);
    const raw = rawOf(names.join('/'));
    this.checkFolders(raw);
    return raw;
  }

  /** One that we write to: neither the workspace itself nor what belongs to git or Crisol. */
  withinOuts(path: string): Raw {
    const raw = this.within(path);
    if (raw !== '' && !raw.split('/').some(isIgnored)) return raw;
    throw new CrisolError('INVALID_PARAMETER_VALUE', `${JSON.stringify(path)} can't be an out.`, {
      hint: 'Name files and folders that the step makes; the workspace itself, .git and .crisol are others’.',
    });
  }

  /** What is read to be kept: an out, also one that was made in a folder of runs in its place. */
  withinMade(path: string): Raw {
    const raw = this.within(path);
    return raw.startsWith(RUNS) && !raw.slice(RUNS.length).split('/').some(isIgnored) ? raw : this.withinOuts(path);
  }

  absolute(raw: Raw): Raw {
    return raw === '' ? this.top : `${this.top}/${raw}`;
  }

  /** Where a link leads to; undefined when nothing is there, null when that is outside. */
  target(raw: Raw): Raw | undefined | null {
    const real = this.real(raw);
    if (real === undefined) return undefined;
    if (real === this.top) return '';
    return real.startsWith(`${this.top}/`) ? real.slice(this.top.length + 1) : null;
  }

  /** The same wherever that is; what lies outside begins with `..`. */
  targetAnywhere(raw: Raw): Raw | undefined {
    const real = this.real(raw);
    return real === undefined ? undefined : posix.relative(this.top, real);
  }

  /** Whether one of both is the other, or lies in it. */
  areNested(one: Raw, other: Raw): boolean {
    const [first, second] = [one, other].map((raw) => `${posix.join(this.top, raw)}/`.replace('//', '/')) as [Raw, Raw];
    return first.startsWith(second) || second.startsWith(first);
  }

  linkText(raw: Raw): Raw {
    return readlinkSync(systemPath(this.absolute(raw)), 'latin1');
  }

  /** Links among the folders above it are followed, within the workspace. */
  private checkFolders(raw: Raw): void {
    const names = raw.split('/').slice(0, -1);
    for (let count = 1; count <= names.length; count++) {
      const folder = names.slice(0, count).join('/');
      const found = lstatSync(systemPath(this.absolute(folder)), { throwIfNoEntry: false });
      if (!found) return;
      if (!found.isSymbolicLink() || this.target(folder) !== null) continue;
      throw new CrisolError('FILE_OUTSIDE_WORKSPACE', `${shown(folder)} is a link that leads out of the workspace.`);
    }
  }

  private real(raw: Raw): Raw | undefined {
    try {
      return withSlashes(realpathSync.native(systemPath(this.absolute(raw)), 'latin1'));
    } catch (failure) {
      // links that lead to one another lead nowhere
      if (isMissing(failure) || codeOf(failure) === 'ELOOP') return undefined;
      throw failure;
    }
  }
}

/** Undefined for what leads out. */
function namesOf(path: string): string[] | undefined {
  const names: string[] = [];
  for (const name of withSlashes(path).split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  // another drive of Windows, and what no system takes
  const isStrange = names.some((name) => name.includes('\0')) || isAbsolute(names.join('/'));
  return isStrange ? undefined : names;
}

function outside(path: string): CrisolError {
  return new CrisolError('FILE_OUTSIDE_WORKSPACE', `${JSON.stringify(path)} leads out of the workspace.`);
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

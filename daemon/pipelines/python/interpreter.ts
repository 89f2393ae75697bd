import { existsSync, rmSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { Type } from 'typebox';
import type { PythonInfo } from '../../../schemas/wire/python.ts';
import { CrisolError } from '../../base/errors.ts';
import { readPrivate, writePrivate } from '../../life/index.ts';
import type { Seal } from '../../store/index.ts';
import type { FoundPython } from './find.ts';
import { findPython } from './find.ts';
import { PythonVersions } from './version.ts';

const Kept = Type.Object({ path: Type.String(), seal: Type.String() });

export interface InterpreterOptions {
  workspace: string;
  /** where the choice is kept: a terminal uses what VS Code told last */
  file: string;
  /** where what the last one said of itself is kept, so that the next daemon need not ask */
  versionFile?: string;
  seal: Seal;
}

/** The Python of the steps: the one that a person chose in VS Code while it is there, else the one that is found. */
export class Interpreter {
  /** a folder with debugpy, for a Python that has none: where VS Code has it */
  debugpy: string | undefined;
  private readonly options: InterpreterOptions;
  private readonly versions: PythonVersions;
  private chosen: string | null;

  constructor(options: InterpreterOptions) {
    this.options = options;
    const { workspace, versionFile, seal } = options;
    this.versions = new PythonVersions(workspace, versionFile === undefined ? undefined : { file: versionFile, seal });
    const kept = readPrivate(options.file, Kept);
    // a choice that came with a folder is somebody else's
    this.chosen = kept && kept.seal === this.sealOf(kept.path) ? kept.path : null;
  }

  find(): FoundPython | undefined {
    const { chosen } = this;
    if (chosen !== null && existsSync(chosen)) return { path: chosen, from: 'chosen' };
    return findPython(this.options.workspace);
  }

  choose(path: string | null): void {
    if (path === this.chosen) return;
    if (path !== null && !isAbsolute(path)) {
      throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} is no whole path of a Python.`);
    }
    this.chosen = path;
    if (path === null) rmSync(this.options.file, { force: true });
    else writePrivate(this.options.file, { path, seal: this.sealOf(path) });
  }

  /** Null when there is none that answers. */
  async version(): Promise<string | null> {
    const found = this.find();
    return found ? this.versions.of(found.path) : null;
  }

  async describe(): Promise<PythonInfo | null> {
    const found = this.find();
    return found ? { ...found, version: await this.versions.of(found.path) } : null;
  }

  private sealOf(path: string): string {
    return this.options.seal('python', path);
  }
}

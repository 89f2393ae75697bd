import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Compile } from 'typebox/compile';
import type { ReferenceColumns } from '../../schemas/model.ts';
import { MODEL_FILES, ReferenceColumns as ReferenceSchema } from '../../schemas/model.ts';
import { CrisolError } from '../base/errors.ts';
import { asFileError } from '../base/file-errors.ts';
import { newId } from '../base/ids.ts';
import { lazily } from '../base/lazily.ts';
import { readSignature } from '../base/signature.ts';
import type { FileSums } from './versions/repository.ts';

const referenceColumns = lazily(() => Compile(ReferenceSchema));

/** What cannot be missing; a model without reference.json is served, but not watched for drift. */
const NEEDED: readonly string[] = [MODEL_FILES.onnx, MODEL_FILES.signature];

/** The daemon itself reads these, all at once: a larger one would take it down. */
const MOST_JSON_BYTES = 64_000_000;

export interface StagedModel {
  folder: string;
  files: FileSums;
}

/** The models' files: `<root>/<folder of the model>/<version>`. Half a copy is never found under such a name. */
export class ModelFiles {
  private readonly root: string;
  private readonly workspace: string;
  private readonly staging: string;

  constructor(root: string, workspace: string) {
    this.root = root;
    this.workspace = workspace;
    this.staging = join(root, '.staging');
    refuseLink(root);
    // copies that a crash left behind
    rmSync(this.staging, { recursive: true, force: true });
  }

  folder(modelFolder: string, version: number): string {
    return join(this.root, modelFolder, String(version));
  }

  /** Copies a model's files next to their place, checked and on the disk. */
  async stage(source: string): Promise<StagedModel> {
    const from = await this.insideWorkspace(source);
    const folder = join(this.staging, newId());
    try {
      await mkdir(folder, { recursive: true });
      const files: FileSums = {};
      for (const name of Object.values(MODEL_FILES)) {
        const sum = await this.copy(join(from, name), join(folder, name), NEEDED.includes(name));
        if (sum) files[name] = sum;
      }
      await readSignature(folder);
      return { folder, files };
    } catch (failure) {
      await this.discard({ folder });
      throw asFileError(failure, this.root);
    }
  }

  /** Inside the write that makes the version known: if that fails the folder is nobody's, and the next one takes its place. */
  publish(staged: StagedModel, modelFolder: string, version: number): void {
    const folder = this.folder(modelFolder, version);
    refuseLink(join(this.root, modelFolder));
    mkdirSync(join(this.root, modelFolder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(staged.folder, folder);
    syncFolder(join(this.root, modelFolder));
  }

  async discard({ folder }: Pick<StagedModel, 'folder'>): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }

  /** With the model's folder, once it is empty. */
  async remove(modelFolder: string, version: number): Promise<void> {
    const parent = join(this.root, modelFolder);
    refuseLink(parent);
    await rm(this.folder(modelFolder, version), { recursive: true, force: true });
    // other versions may be in it
    await rmdir(parent).catch(() => undefined);
  }

  /** The names of files that are gone or changed. */
  async damaged(folder: string, files: FileSums): Promise<string[]> {
    const found = await Promise.all(
      Object.entries(files).map(async ([name, { sha256 }]) => {
        const now = await sha256Of(join(folder, name)).catch(() => undefined);
        return now === sha256 ? [] : [name];
      }),
    );
    return found.flat();
  }

  async reference(folder: string): Promise<ReferenceColumns | null> {
    const file = join(folder, MODEL_FILES.reference);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return null;
    const value = parse(text);
    if (referenceColumns().Check(value)) return value;
    throw new CrisolError('MODEL_INVALID', `${file} does not have the shape of a reference sample.`);
  }

  private async copy(from: string, to: string, needed: boolean): Promise<FileSums[string] | undefined> {
    const file = await this.insideWorkspace(from).catch((failure) => {
      const isMissing = failure instanceof CrisolError && failure.code === 'FILE_NOT_FOUND';
      if (!isMissing) throw failure;
      if (needed) throw new CrisolError('MODEL_INVALID', `${from} is missing.`);
      return undefined;
    });
    if (file === undefined) return undefined;
    const found = await stat(file);
    if (!found.isFile()) throw new CrisolError('MODEL_INVALID', `${from} is not a file.`);
    if (from.endsWith('.json') && found.size > MOST_JSON_BYTES) {
      throw new CrisolError('MODEL_INVALID', `${from} has over ${MOST_JSON_BYTES / 1e6} MB.`);
    }
    await copyFile(file, to);
    await syncFile(to);
    const { size: bytes } = await stat(to);
    if (bytes === 0) throw new CrisolError('MODEL_INVALID', `${from} is empty.`);
    return { sha256: await sha256Of(to), bytes };
  }

  /** The real path of it: a link may not lead out. */
  private async insideWorkspace(path: string): Promise<string> {
    if (!isAbsolute(path)) throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} is not an absolute path.`);
    const [real, workspace] = await Promise.all([realPath(path), realpath(this.workspace)]);
    const way = relative(workspace, real);
    if (way === '..' || /^\.\.[/\\]/.test(way) || isAbsolute(way)) {
      throw new CrisolError('FILE_OUTSIDE_WORKSPACE', `${path} is not inside the workspace ${this.workspace}.`);
    }
    return real;
  }
}

/** What is taken away and written here must not be somebody else's: a `.crisol` may have come with a repository. */
function refuseLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new CrisolError('STORE_FOREIGN', `${path} is a link that leads elsewhere.`, { hint: 'Take the link away.' });
  }
}

async function realPath(path: string): Promise<string> {
  return realpath(path).catch((cause) => {
    throw new CrisolError('FILE_NOT_FOUND', `${path} does not exist.`, { cause });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

/** So that the new name itself is on the disk; Windows neither can nor needs to. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReferenceColumns, Signature } from '../../../schemas/model.ts';
import { MODEL_FILES } from '../../../schemas/model.ts';
import { CrisolError } from '../../base/errors.ts';

export interface ModelFolder {
  onnx: Uint8Array;
  signature: Signature;
  reference: ReferenceColumns;
}

/** Writes a model folder beside its place and renames it. An older model there is replaced; anything else is not touched. */
export async function writeModelFolder(folder: string, model: ModelFolder): Promise<void> {
  await refuseForeign(folder);
  const staging = `${folder.replace(/[/\\]+$/, '')}.partial`;
  await rm(staging, { recursive: true, force: true });
  try {
    await mkdir(staging, { recursive: true });
    await writeFile(join(staging, MODEL_FILES.onnx), model.onnx);
    await writeFile(join(staging, MODEL_FILES.signature), `${JSON.stringify(model.signature, null, 2)}\n`);
    await writeFile(join(staging, MODEL_FILES.reference), `${JSON.stringify(model.reference)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** `out: .` must not cost anyone their project. */
export async function refuseForeign(folder: string): Promise<void> {
  const ours: readonly string[] = Object.values(MODEL_FILES);
  const present = await readdir(folder).catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === 'ENOENT') return [];
    throw new CrisolError('INVALID_PARAMETER_VALUE', `${folder} cannot be a model folder`, { cause: failure });
  });
  const foreign = present.find((name) => !ours.includes(name));
  if (foreign === undefined) return;
  throw new CrisolError('INVALID_PARAMETER_VALUE', `${folder} holds "${foreign}", which is not part of a model`, {
    hint: 'Choose a folder of its own for the model, such as build/model.',
  });
}

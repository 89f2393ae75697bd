import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { MODEL_FILES, Signature } from '../../schemas/model.ts';
import { CrisolError, messageOf } from './errors.ts';
import { lazily } from './lazily.ts';

const signature = lazily(() => Compile(Signature));

/** What a model folder says about its model, or MODEL_INVALID with the place that is wrong. */
export async function readSignature(folder: string): Promise<Signature> {
  const value = await readJson(join(folder, MODEL_FILES.signature));
  if (signature().Check(value)) return value;
  const [first] = signature().Errors(value);
  const where = first ? `: ${first.instancePath || 'it'} ${first.message}` : '';
  throw new CrisolError('MODEL_INVALID', `${MODEL_FILES.signature} is not the signature of a model${where}.`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CrisolError('MODEL_INVALID', `${MODEL_FILES.signature} can't be read: ${messageOf(cause)}.`, { cause });
  }
}

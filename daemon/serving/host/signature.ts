import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { MODEL_FILES, Signature } from '../../../schemas/model.ts';
import { CrisolError } from '../../base/errors.ts';

/** A model's signature, or MODEL_INVALID with the place that is wrong. */
export async function readSignature(folder: string): Promise<Signature> {
  const file = join(folder, MODEL_FILES.signature);
  const value = await readJson(file);
  const validator = Compile(Signature);
  if (validator.Check(value)) return value;
  const first = validator.Errors(value)[0];
  throw new CrisolError('MODEL_INVALID', `${file}${first?.instancePath ?? ''} ${first?.message ?? 'is not right'}.`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CrisolError(
      'MODEL_INVALID',
      `${file} can't be read: ${cause instanceof Error ? cause.message : cause}.`,
      {
        cause,
      },
    );
  }
}

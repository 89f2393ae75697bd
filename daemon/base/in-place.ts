import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CrisolError } from './errors.ts';

/** Makes a file beside its place and renames it: who finds it finds all of it. */
export async function inPlace(path: string, make: (staging: string) => Promise<void>): Promise<void> {
  const staging = `${path}.partial`;
  const present = await stat(path).catch(() => undefined);
  if (present?.isDirectory()) throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} is a folder, not a file`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await make(staging);
    await rename(staging, path);
  } finally {
    await rm(staging, { force: true });
  }
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return inPlace(path, (staging) => writeFile(staging, `${JSON.stringify(value, null, 2)}\n`));
}

import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matchesCsv } from './generator/data-set.ts';

export { matchesCsv, trafficRecords } from './generator/data-set.ts';
export type { MatchFeatures } from './generator/match.ts';

export const SAMPLE_NAME = 'match-outcome';

/** From source this file is in `samples`; packed it is part of a program in `dist`, which lies beside `samples`. */
function sampleFiles(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', 'samples', SAMPLE_NAME);
}

/** Copies the sample project into `folder` and generates its data. A folder that holds a crisol.yaml is left as it is. */
export async function writeSample(folder: string): Promise<{ written: boolean }> {
  if (existsSync(join(folder, 'crisol.yaml'))) return { written: false };
  await mkdir(join(folder, 'data'), { recursive: true });
  // the data goes first: a folder with a crisol.yaml is complete, even if this was interrupted before
  await writeFile(join(folder, 'data', 'matches.csv'), matchesCsv());
  await cp(sampleFiles(), folder, { recursive: true });
  return { written: true };
}

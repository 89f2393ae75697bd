import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matchesCsv } from './generator/data-set.ts';

export { matchesCsv, trafficRecords } from './generator/data-set.ts';
export type { MatchFeatures } from './generator/match.ts';

export const SAMPLE_NAME = 'match-outcome';

/** Packed, the sample's files lie in `samples/match-outcome` beside the running program; from source, beside this file. */
function sampleFiles(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const packed = join(here, 'samples', SAMPLE_NAME);
  return existsSync(packed) ? packed : join(here, SAMPLE_NAME);
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

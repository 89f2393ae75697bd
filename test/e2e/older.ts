import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../schemas/version.ts';
import { ROOT } from '../../tools/lib/root.ts';

export const OLDER = '0.0.1';

/** The same programs, called an older version: that alone is what decides who takes over. */
export function writeOlderCrisol(folder: string): string {
  mkdirSync(folder);
  const dist = join(ROOT, 'dist');
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.cjs'))) {
    const text = readFileSync(join(dist, name), 'utf8');
    const older = text.replaceAll(`version:"${VERSION}"`, `version:"${OLDER}"`);
    if (name === 'daemon-house.cjs' && older === text)
      throw new Error(`${name} does not say its version as it used to`);
    writeFileSync(join(folder, name), older);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

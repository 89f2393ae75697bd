import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = 70;

/** So many small files (270 bytes each) in 70 folders below `data`. */
export function writeMany(folder: string, count: number): void {
  for (let at = 0; at < count; at++) {
    const place = join(folder, 'data', `part-${at % FOLDERS}`);
    if (at < FOLDERS) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${at}.txt`), `${at} `.repeat(270).slice(0, 270));
  }
}

export const CHAIN = 1000;

/** Each step reads what the one before has written. */
export const chainOf = {
  crisol: () => `version: 1\nname: chain\nsteps:\n${steps('run')}`,
  dvc: () => `stages:\n${steps('cmd')}`,
};

function steps(command: 'run' | 'cmd'): string {
  const lines = Array.from({ length: CHAIN }, (_, at) => {
    const deps = at === 0 ? '' : `    deps: [o${at - 1}]\n`;
    return `  s${at}:\n    ${command}: echo ${at} > o${at}\n${deps}    outs: [o${at}]\n`;
  });
  return lines.join('');
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const GOLDEN = join(import.meta.dirname, '..', '..', 'golden');

/**
 * A case is a file: its text, and in lines that begin with a mark what is expected of it. The marked lines are taken out,
 * the rest is given to `draw`, which answers the whole file as it should be. `UPDATE_GOLDEN=1` rewrites the files.
 */
export function goldenCases(folder: string, drawn: RegExp, draw: (text: string, name: string) => string): void {
  const files = readdirSync(join(GOLDEN, folder)).filter((name) => name.endsWith('.yaml'));
  it.each(files)('%s', (name) => {
    const path = join(GOLDEN, folder, name);
    const golden = readFileSync(path, 'utf8');
    const text = golden.replace(drawn, '');
    const actual = draw(text, name);
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, actual);
    else expect(actual).toBe(golden);
  });
}

/** Where `|` stands, and the text without it. */
export function cursorIn(text: string): { text: string; offset: number } {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('This case has no cursor: put `|` where it stands.');
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset };
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/lib/root.ts';

/** Every text file that git knows or would add, as paths from the root. */
export function projectFiles(): string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  return output
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)) && !/\.(png|parquet|onnx|db)$/.test(file));
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function isSource(file: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith('test/fixtures/');
}

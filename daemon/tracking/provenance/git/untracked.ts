import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathWithin } from '../../../base/path-within.ts';
import { holdsSecrets } from './secret-files.ts';

const MOST_FILES = 50;
const MOST_FILE_BYTES = 64 * 1024;
/** Git would write such names in quotes. */
const QUOTED = /["\\]|\p{Cc}/u;

/**
 * New files are as much a part of what ran as changed ones: those that are small text become additions of the diff.
 * `names` are relative to the folder.
 */
export async function asAdditions(
  folder: string,
  root: string,
  names: readonly string[],
  mostBytes: number,
): Promise<{ text: string; complete: boolean }> {
  let text = '';
  let complete = names.length <= MOST_FILES;
  for (const name of names.slice(0, MOST_FILES)) {
    const path = join(folder, name);
    const inRepository = pathWithin(root, path);
    const addition = await additionOf(path, inRepository);
    if (addition === undefined || text.length + addition.length > mostBytes) complete = false;
    else text += addition;
  }
  return { text, complete };
}

async function additionOf(path: string, name: string): Promise<string | undefined> {
  if (QUOTED.test(name) || holdsSecrets(name)) return undefined;
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > MOST_FILE_BYTES) return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes || bytes.includes(0)) return undefined;
  const content = bytes.toString('utf8');
  // what is not UTF-8 would not come back as it was
  if (!Buffer.from(content).equals(bytes)) return undefined;
  const mode = found.mode & 0o111 ? '100755' : '100644';
  const head = `diff --git a/${name} b/${name}\nnew file mode ${mode}\n`;
  return content === '' ? head : head + hunk(name, content);
}

function hunk(name: string, content: string): string {
  const ended = content.endsWith('\n');
  const lines = (ended ? content.slice(0, -1) : content).split('\n');
  const count = lines.length === 1 ? '+1' : `+1,${lines.length}`;
  const added = lines.map((line) => `+${line}\n`).join('');
  const names = `--- /dev/null\n+++ b/${name}${name.includes(' ') ? '\t' : ''}\n`;
  return `${names}@@ -0,0 ${count} @@\n${added}${ended ? '' : '\\ No newline at end of file\n'}`;
}

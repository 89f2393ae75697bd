import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CrisolError } from '../../base/errors.ts';
import { readProjectFile, textIn } from '../../project/index.ts';
import { problemOfWriting } from '../failures.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** What a file holds. Editors show no byte order mark and count without it; when the file is written it is kept. */
export interface SourceText {
  text: string;
  mark: string;
}

/** `-` is standard input. */
export function readSource(path: string): SourceText {
  const { text, problem } = path === '-' ? textIn(readFileSync(0)) : readProjectFile(path);
  if (text === undefined) throw unread(path === '-' ? 'Standard input' : path, problem);
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  return { text: text.slice(mark.length), mark };
}

function unread(path: string, problem: string | undefined): CrisolError {
  if (problem !== undefined) return new CrisolError('FILE_UNUSABLE', `${path} ${problem}.`);
  return new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`, { hint: 'Check the path.' });
}

/** Why not, after the name of the file; undefined when it is written. */
export function replaceFile(path: string, source: SourceText): string | undefined {
  try {
    replace(realpathSync.native(path), source);
    return undefined;
  } catch (thrown) {
    return problemOfWriting(thrown);
  }
}

/** All or nothing, even when the machine stops in between. A link stays one, and the file keeps its mode. */
function replace(target: string, { text, mark }: SourceText): void {
  // another file comes into its place, which the folder alone would allow
  closeSync(openSync(target, 'r+'));
  const draft = join(dirname(target), `.${process.pid}-${Date.now().toString(36)}.crisol-draft`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, mark + text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(draft, statSync(target).mode & 0o7777);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

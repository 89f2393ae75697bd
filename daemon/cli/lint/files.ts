import {
  chmodSync,
  closeSync,
  existsSync,
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

const BYTE_ORDER_MARK = '\uFEFF';

/** What a file holds. Editors show no byte order mark and count without it; when the file is written it is kept. */
export interface SourceText {
  text: string;
  mark: string;
}

/** `-` is standard input. */
export function readSource(path: string): SourceText {
  const decoded = decode(path, readBytes(path));
  const mark = decoded.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  return { text: decoded.slice(mark.length), mark };
}

function readBytes(path: string): Buffer {
  if (path === '-') return readFileSync(0);
  if (!existsSync(path)) {
    throw new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`, { hint: 'Check the path.' });
  }
  return readFileSync(path);
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new CrisolError('FILE_UNUSABLE', `${path} is not written in UTF-8.`, { hint: 'Save it as UTF-8.', cause });
  }
}

/** All or nothing, even when the machine stops in between. A link stays one, and the file keeps its mode. */
export function replaceFile(path: string, { text, mark }: SourceText): void {
  const target = realpathSync.native(path);
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

import type { FileDigest, FolderDigest, LinkDigest } from '../../../../schemas/pipelines/digest.ts';
import type { KeyParts } from '../../../../schemas/pipelines/key.ts';

export const file = (content: string, bytes = content.length): FileDigest => ({
  kind: 'file',
  sha256: content.padEnd(64, '0'),
  bytes,
  executable: false,
});

export const link = (target: string, to: LinkDigest['to'] = null): LinkDigest => ({
  kind: 'link',
  sha256: [...target]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(64, 'e'),
  target,
  to,
});

export const folder = (content: string, files = 3): FolderDigest => ({
  kind: 'folder',
  sha256: content.padEnd(64, 'f'),
  bytes: 2048,
  files,
});

/** Of a step that trains. */
export const parts = (changes: Partial<KeyParts> = {}): KeyParts => ({
  work: { kind: 'run', command: 'python src/train.py' },
  builtIn: null,
  deps: [
    { path: 'data/matches.csv', digest: file('a', 1_258_291) },
    { path: 'src', digest: folder('b') },
  ],
  params: { 'train.l2': 1, 'train.seed': 7 },
  outs: ['build/model'],
  env: { PYTHONHASHSEED: '0' },
  interpreter: 'Python 3.11.4',
  lockFiles: { 'uv.lock': 'c'.repeat(64) },
  ...changes,
});

import { basename, extname } from 'node:path/posix';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Artifacts } from '../../artifacts/index.ts';
import { CrisolError } from '../../base/errors.ts';

/** What a preview may want to know. Nothing that a browser would run: HTML, SVG and the like are plain bytes. */
const TEXT = 'text/plain; charset=utf-8';
const TEXTS = ['txt', 'log', 'md', 'csv', 'tsv', 'yaml', 'yml', 'toml', 'ini', 'cfg', 'py', 'r', 'jsonl', 'MLmodel'];
// a file may be called constructor: no object that has such a thing by itself
const TYPES = new Map([
  ...TEXTS.map((end) => [end, TEXT] as const),
  ['json', 'application/json; charset=utf-8'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
]);

/** Takes the body as it comes. */
export async function receiveFile(request: FastifyRequest, artifacts: Artifacts, path: string): Promise<void> {
  const { raw } = request;
  try {
    // left open on failure: the client reads our answer only after it has sent everything
    await artifacts.put(path, raw.iterator({ destroyOnReturn: false }));
  } catch (failure) {
    if (raw.destroyed && !raw.complete)
      throw new CrisolError('BAD_REQUEST', 'The upload was cut off.', { cause: failure });
    raw.resume();
    throw failure;
  }
}

/** Sends a file, or the part of it that was asked for. HEAD is told what GET would be. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, artifacts: Artifacts, path: string) {
  const open = request.method === 'HEAD' ? undefined : await artifacts.open(path);
  const { bytes, sha256, updated_at } = open ?? artifacts.file(path);
  const etag = `"${sha256}"`;
  const modified = new Date(updated_at).toUTCString();
  void reply.headers({ ...SAFE, ...named(path), 'accept-ranges': 'bytes', etag, 'last-modified': modified });
  const range = wantedRange(request, bytes, etag);
  if (range === 'none') {
    await open?.close();
    return reply.code(416).header('content-range', `bytes */${bytes}`).send();
  }
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  void reply.header('content-length', range ? range.end - range.start + 1 : bytes);
  return reply.send(open?.read(range));
}

/** Whatever it is, in a browser it can neither run with our address's power nor reach the network. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

function named(path: string) {
  const name = basename(path);
  const plain = name.replace(/[^\w.\- ]/g, '_');
  return {
    'content-type': TYPES.get(extname(name).slice(1).toLowerCase() || name) ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`,
  };
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Undefined: all of it. Several ranges at once are answered with all of it, as HTTP allows. */
function wantedRange({ headers }: FastifyRequest, bytes: number, etag: string) {
  const condition = headers['if-range'];
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (from + to === '' || (condition !== undefined && condition !== etag)) return undefined;
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return start > end ? 'none' : { start, end };
}

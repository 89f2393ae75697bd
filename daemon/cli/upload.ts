import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { CrisolError, errorOfBody } from '../base/errors.ts';
import type { Api } from './api.ts';
import { segment } from './api.ts';

const FILES = '/api/2.0/mlflow-artifacts/artifacts';

/** Puts a file among the artifacts. Answers how many bytes were sent: undefined when `mayBeThere` and the very same file is. */
export async function upload(api: Api, path: string, local: string, mayBeThere: boolean): Promise<number | undefined> {
  const { size } = statSync(local);
  const url = `${api.url}${FILES}/${path.split('/').map(segment).join('/')}`;
  if (mayBeThere && (await isThere(api, url, local, size))) return undefined;
  const answer = await send(api, url, 'PUT', { local, size });
  if (answer.status === 200) return size;
  throw errorOfBody(parsed(answer.text));
}

async function isThere(api: Api, url: string, local: string, size: number): Promise<boolean> {
  const { status, headers } = await send(api, url, 'HEAD');
  if (status !== 200 || headers['content-length'] !== String(size)) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(local), hash);
  return headers.etag === `"${hash.digest('hex')}"`;
}

async function send({ token }: Api, url: string, method: 'PUT' | 'HEAD', file?: { local: string; size: number }) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(file && { 'content-type': 'application/octet-stream', 'content-length': file.size }),
  };
  const sent = request(url, { method, headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', (cause) => reject(new CrisolError('DAEMON_UNREACHABLE', 'The upload broke off.', { cause })));
  });
  // never longer than was announced, although the file may grow meanwhile
  if (file && file.size > 0) await pipeline(createReadStream(file.local, { end: file.size - 1 }), sent).catch(() => {});
  else sent.end();
  const response = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

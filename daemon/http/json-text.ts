import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

const CHUNK_BYTES = 64 * 1024;
/** of one UTF-16 unit in UTF-8 */
const MOST_BYTES = 3;
const TYPE = 'application/json; charset=utf-8';

/**
 * Sends JSON that is text already, in pieces. What is longer than a chunk is sent chunk by chunk, all of them in the same
 * memory: the daemon never holds a long list whole, and does other things between two chunks.
 */
export async function sendJsonText(reply: FastifyReply, pieces: Iterable<string>): Promise<FastifyReply> {
  const chunks = chunksOf(pieces);
  const first = chunks.next();
  if (first.done) return reply.type(TYPE).send(first.value);
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': TYPE });
  await sendChunks(reply.raw, first.value, chunks).catch(() => reply.raw.destroy());
  return reply;
}

/** An object with a list that is written piece by piece, and what else it has, as JSON members. */
export function* listTexts<T>(field: string, pieces: Iterable<readonly T[]>, more = ''): Generator<string> {
  yield `{"${field}":[`;
  let comma = '';
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    yield comma + piece.map((item) => JSON.stringify(item)).join();
    comma = ',';
  }
  yield `]${more && `,${more}`}}`;
}

async function sendChunks(response: ServerResponse, first: Buffer, rest: Iterator<Buffer, Buffer>): Promise<void> {
  await written(response, first);
  let next = rest.next();
  for (; !next.done; next = rest.next()) {
    await written(response, next.value);
    await setImmediate();
  }
  response.end(next.value);
}

/** Answers once the chunk is on its way, and its memory free again. */
function written(response: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(chunk, (failure) => (failure ? reject(failure) : resolve()));
  });
}

/** Each chunk lies in the memory of the one before; the last is what it returns. */
function* chunksOf(pieces: Iterable<string>): Generator<Buffer, Buffer> {
  const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  for (const piece of pieces) {
    const fits = used + piece.length * MOST_BYTES <= CHUNK_BYTES;
    if (!fits && used > 0) {
      yield memory.subarray(0, used);
      used = 0;
    }
    if (piece.length * MOST_BYTES > CHUNK_BYTES) yield Buffer.from(piece);
    else used += memory.write(piece, used);
  }
  return memory.subarray(0, used);
}

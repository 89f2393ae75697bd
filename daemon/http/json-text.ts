import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** Longer answers are sent piece by piece: neither does the daemon hold them whole, nor wait for nothing else meanwhile. */
const SHORT_PIECES = 3;

/** Sends JSON that is text already, in pieces. */
export function sendJsonText(reply: FastifyReply, pieces: Iterable<string>): FastifyReply {
  void reply.type('application/json; charset=utf-8');
  const rest = pieces[Symbol.iterator]();
  const first: string[] = [];
  for (let next = rest.next(); !next.done; next = rest.next()) {
    first.push(next.value);
    if (first.length > SHORT_PIECES) return reply.send(Readable.from(paced(first, rest), { highWaterMark: 1 }));
  }
  return reply.send(first.join(''));
}

async function* paced(first: readonly string[], rest: Iterator<string>): AsyncGenerator<string> {
  yield first.join('');
  for (let next = rest.next(); !next.done; next = rest.next()) {
    yield next.value;
    await setImmediate();
  }
}

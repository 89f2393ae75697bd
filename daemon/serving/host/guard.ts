import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CrisolError } from '../../base/errors.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);
/** What a container's health check asks without a token. */
const OPEN_PATHS = new Set(['/health', '/ping']);

/** Who may ask: any web page can reach localhost, so the Host, the Origin and the token are looked at first. */
export function createGuard(token: string | null, listensOn: string): (request: FastifyRequest) => Promise<void> {
  const expected = token === null ? null : Buffer.from(`Bearer ${token}`);
  const onlyLoopback = LOOPBACK.has(listensOn);
  return async ({ headers, url }) => {
    const host = headers.host ?? '';
    if (onlyLoopback && !LOOPBACK.has(withoutPort(host))) {
      throw new CrisolError('AUTH_HOST_REFUSED', `The host "${host}" is not this machine.`);
    }
    if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
      throw new CrisolError('AUTH_ORIGIN_REFUSED', `Requests from ${headers.origin} are refused.`);
    }
    if (expected === null || OPEN_PATHS.has(url.split('?', 1)[0] ?? '')) return;
    if (!equal(expected, Buffer.from(headers.authorization ?? ''))) {
      throw new CrisolError('AUTH_TOKEN_REFUSED', 'The token is missing or wrong.', {
        hint: 'Send "Authorization: Bearer TOKEN" with the token of the endpoint, as its panel in VS Code shows it.',
      });
    }
  };
}

function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

function equal(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CrisolError } from '../base/errors.ts';

/** Reachable without a token: they tell nothing but that somebody is here. The last is for links that a browser opens. */
const OPEN_PATHS = new Set(['/health', '/ping', '/']);
const READS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

/**
 * Who may talk to the daemon. A page in any browser on this machine can reach loopback, so three things are asked of each
 * request: a Host that is really ours (else a name could be rebound to 127.0.0.1), no foreign Origin, and the token.
 */
export class Guard {
  private readonly authorization: Buffer;
  private hosts = new Set<string>();

  constructor(token: string) {
    this.authorization = Buffer.from(`Bearer ${token}`);
  }

  /** Called once the port is known. */
  allowPort(port: number): void {
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  }

  /** Throws when the request is refused. */
  check(request: IncomingMessage): void {
    const { host, origin, authorization } = request.headers;
    if (host === undefined || !this.hosts.has(host.toLowerCase())) {
      throw new CrisolError(
        'AUTH_HOST_REFUSED',
        `The Host header ${JSON.stringify(host ?? '')} is not this daemon's address.`,
      );
    }
    if (origin !== undefined && !this.isOwnOrigin(origin)) {
      throw new CrisolError('AUTH_ORIGIN_REFUSED', `Requests from ${JSON.stringify(origin)} are refused.`);
    }
    if (READS.has(request.method) && OPEN_PATHS.has(pathOf(request.url))) return;
    if (!this.isToken(authorization)) throw new CrisolError('AUTH_TOKEN_REFUSED', 'The token is missing or wrong.');
  }

  private isOwnOrigin(origin: string): boolean {
    return origin.startsWith('http://') && this.hosts.has(origin.slice('http://'.length).toLowerCase());
  }

  private isToken(authorization: string | undefined): boolean {
    const given = Buffer.from(authorization ?? '');
    // a token's length is no secret: all of them have the same
    return given.length === this.authorization.length && timingSafeEqual(given, this.authorization);
  }
}

function pathOf(url = '/'): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

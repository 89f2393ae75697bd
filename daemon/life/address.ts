import { randomBytes } from 'node:crypto';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { isPrivate, readPrivate, writePrivate } from './private-file.ts';

const Address = Type.Object({
  port: Type.Integer({ minimum: 0, maximum: 65_535 }),
  token: Type.String({ pattern: '^[A-Za-z0-9_-]{32,}$' }),
  seal: Type.Optional(Type.String()),
});

/** Proof that this user's daemon wrote it: a token that came with a repository is known to whoever made that. */
type Seal = (...words: string[]) => string;

/** Port and token outlive the daemon, so that a notebook or terminal which was given them still works after a restart. */
export class AddressBook {
  readonly token: string;
  readonly lastPort: number;
  private readonly file: string;
  private readonly seal: Seal;

  constructor(file: string, seal: Seal) {
    this.file = file;
    this.seal = seal;
    const found = readAddress(file);
    const known = found && found.seal === this.sealOf(found.token) ? found : undefined;
    this.token = known?.token ?? randomBytes(32).toString('base64url');
    this.lastPort = known?.port ?? 0;
  }

  remember(port: number): void {
    writePrivate(this.file, { port, token: this.token, seal: this.sealOf(this.token) });
  }

  private sealOf(token: string): string {
    return this.seal('address', token);
  }
}

/** A token that others could read, as of a file that came with a repository, is no secret any more. */
export function readAddress(file: string): Static<typeof Address> | undefined {
  return isPrivate(file) ? readPrivate(file, Address) : undefined;
}

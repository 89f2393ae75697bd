import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';

/** A long text as it is stored, named by its content. */
export interface KeptText {
  sha256: Buffer;
  packed: Buffer;
}

const pack = promisify(deflateRaw);
/** More than is ever kept: a store may have come with a repository. */
const MOST_BYTES = 16 * 1024 * 1024;

export async function keep(text: string): Promise<KeptText> {
  return { sha256: createHash('sha256').update(text).digest(), packed: await pack(text) };
}

export function unpack(packed: Buffer): string {
  return inflateRawSync(packed, { maxOutputLength: MOST_BYTES }).toString('utf8');
}

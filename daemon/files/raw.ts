/**
 * Names as the system has them: a string with a sign for each byte (`latin1`). Not all names are UTF-8, and such strings cost
 * no more than others: they are joined, compared and kept as they are, and nearly all of them are plain ASCII.
 */
export type Raw = string;

const BEYOND_ASCII = /[\x80-\xff]/;

export function rawOf(text: string): Raw {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** For calls of `node:fs`, which would take a string for UTF-8. */
export function systemPath(raw: Raw): string | Buffer {
  return BEYOND_ASCII.test(raw) ? Buffer.from(raw, 'latin1') : raw;
}

/** For people: what is not UTF-8 stands as `\xff`. */
export function shown(raw: Raw): string {
  if (!BEYOND_ASCII.test(raw)) return raw;
  const text = Buffer.from(raw, 'latin1').toString('utf8');
  if (rawOf(text) === raw) return text;
  return raw.replaceAll(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  return /^[\x00-\x7f]*$/.test(text);
}

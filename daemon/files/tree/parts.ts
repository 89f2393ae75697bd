import type { Raw } from '../raw.ts';

/** How many entries a part has on average: small enough to be written anew for one edit, large enough to be few. */
const USUAL_PART = 256;

/**
 * A list of very many names is kept in parts, so that an edit in a folder of 70,000 files makes two small ones anew. Where a part
 * ends is said by the names alone: equal folders have equal parts, whatever happened before.
 */
export function partEnds(names: readonly Raw[]): number[] {
  const ends: number[] = [];
  for (const [at, name] of names.entries()) if (endsPart(name)) ends.push(at + 1);
  if (ends.at(-1) !== names.length) ends.push(names.length);
  return ends;
}

/** FNV-1a, stirred once more: its lowest bits depend on the last sign alone. */
function endsPart(name: Raw): boolean {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash >>> 12) % USUAL_PART === 0;
}

import type { Raw } from '../raw.ts';

/** Where things lie in the object store; it holds nothing but these. */
export const OBJECTS = 'objects';
export const STAGING = 'staging';

export function objectFolder(store: Raw, sha256: string): Raw {
  return `${store}/${OBJECTS}/${sha256.slice(0, 2)}`;
}

export function objectPath(store: Raw, sha256: string): Raw {
  return `${objectFolder(store, sha256)}/${sha256.slice(2)}`;
}

/** What was kept so lately is not removed, though nothing asks for it yet: whoever kept it is about to. */
export const KEPT_JUST_NOW_MS = 10 * 60_000;

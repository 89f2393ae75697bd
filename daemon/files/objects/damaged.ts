import { CrisolError } from '../../base/errors.ts';
import type { Raw } from '../raw.ts';
import { shown } from '../raw.ts';

export function damaged(path: Raw): CrisolError {
  return new CrisolError('CACHE_DAMAGED', `What .crisol/cache kept of ${shown(path)} is gone or damaged.`);
}

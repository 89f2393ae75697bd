import { paramOfFileHover } from '../features/hover/param-of-a-file.ts';
import type { Navigable } from '../projects/sources.ts';
import type { FileAnswers } from './answers.ts';
import { aboutNames } from './names.ts';

/** A file of params belongs to others: told is who uses them. */
export function aboutParams(params: Navigable): FileAnswers {
  return { ...aboutNames(params), hover: (at) => paramOfFileHover(params, at) };
}

import { relative, sep } from 'node:path';

/** A whole path from a folder on, with `/` between names on every system. */
export const pathWithin = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

import { homedir } from 'node:os';
import { compiledFolderOf } from '../../schemas/compiled-folder.ts';

/** Where Node keeps what it has compiled of our programs. */
export const compiledFolder = (): string =>
  compiledFolderOf({ platform: process.platform, env: process.env, home: homedir() });

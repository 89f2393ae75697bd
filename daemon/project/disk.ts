import { existsSync, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Facts } from '../../schemas/language/check/whole.ts';
import type { FileAnswer, ProjectFiles } from '../../schemas/language/project/files.ts';
import { LEADS_OUT } from '../../schemas/language/project/files.ts';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { leadsOut, readProjectFile } from './files.ts';

/** The files of a project's folder, as they are now. What lies outside of it is not read, nor told to be there. */
export function diskOf(folder: string): ProjectFiles & Facts {
  return {
    read(path): FileAnswer {
      const file = resolve(folder, path);
      // crisol.yaml itself may be a link to wherever it is kept
      if (path !== PIPELINE_FILE_NAME && leadsOut(folder, file)) return LEADS_OUT;
      const { text, problem } = readProjectFile(file);
      if (text !== undefined) return { text };
      return problem === undefined ? 'missing' : { problem };
    },
    stateOf(path) {
      const file = join(folder, path);
      if (leadsOut(folder, file)) return 'unknown';
      return existsSync(file) || isDanglingLink(file) ? 'there' : 'missing';
    },
  };
}

/** What it leads to may be mounted later. */
function isDanglingLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

import { globSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pipelineFileRole } from '../../../schemas/language/protocol.ts';
import { CrisolError } from '../../base/errors.ts';

/** Where nobody writes by hand. */
const PASSED_OVER = ['node_modules', '.git', '.crisol'];
const GLOB = /[*?[\]{}]/;

/** The files that are meant: named ones, those of a folder with all folders in it, and those that a pattern matches. */
export function lintTargets(named: readonly string[], here = process.cwd()): string[] {
  return [...new Set(named.flatMap((path) => filesOf(path, here)))];
}

function filesOf(path: string, here: string): string[] {
  const found = path === '-' ? undefined : statSync(resolve(here, path), { throwIfNoEntry: false });
  if (found?.isDirectory()) return filesIn(path, here);
  // what is there by this very name is no pattern
  if (path === '-' || found || !GLOB.test(path)) return [path];
  const matching = search(path, here).filter((file) => statSync(resolve(here, file)).isFile());
  return orNone(matching, `No file matches ${path}.`);
}

function filesIn(folder: string, here: string): string[] {
  const files = search('**/*crisol.yaml', resolve(here, folder)).filter((file) => pipelineFileRole(file) !== null);
  const shown = files.map((file) => join(folder, file));
  return orNone(shown, `There is no crisol.yaml in ${folder}.`);
}

function search(pattern: string, folder: string): string[] {
  const exclude = (name: string) => PASSED_OVER.includes(basename(name));
  return globSync(pattern, { cwd: folder, exclude }).sort();
}

function orNone(files: string[], sentence: string): string[] {
  if (files.length > 0) return files;
  throw new CrisolError('FILE_NOT_FOUND', sentence, { hint: 'Check the path.' });
}

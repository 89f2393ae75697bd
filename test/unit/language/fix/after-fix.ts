import type { Diagnostic, Fix } from '../../../../schemas/language/diagnostic.ts';
import { applyEdits } from '../../../../schemas/language/fix/edits.ts';
import { readProject } from '../../../../schemas/language/project/index.ts';
import type { CaseFile } from '../golden-files.ts';
import { mainOf, projectFilesOf } from '../golden-files.ts';

export function diagnosticsOfCase(files: readonly CaseFile[]): (file: CaseFile) => readonly Diagnostic[] {
  const known = projectFilesOf(files);
  const project = readProject(mainOf(files), known, { facts: known });
  return ({ path }) => project.diagnosticsOf(path);
}

/**
 * What is told after a fix and was not before: of a word that now is understood more may be said. That the fix mends what it
 * comes with is held here, wherever a fix is drawn.
 */
export function afterFix(files: readonly CaseFile[], file: CaseFile, mended: Diagnostic, fix: Fix): Diagnostic[] {
  const changed = { ...file, text: applyEdits(file.text, fix.edits) };
  const now = files.map((one) => (one === file ? changed : one));
  const before = Map.groupBy(all(files), keyOf);
  const after = Map.groupBy(all(now), keyOf);
  const key = keyOf({ path: file.path, diagnostic: mended });
  if ((after.get(key)?.length ?? 0) >= (before.get(key)?.length ?? 0)) {
    throw new Error(`"${fix.title}" leaves what it should mend: ${key}`);
  }
  return [...after].flatMap(([same, told]) => told.slice(before.get(same)?.length ?? 0).map((one) => one.diagnostic));
}

interface Told {
  path: string;
  diagnostic: Diagnostic;
}

function all(files: readonly CaseFile[]): Told[] {
  const diagnosticsOf = diagnosticsOfCase(files);
  return files.flatMap((file) => diagnosticsOf(file).map((diagnostic) => ({ path: file.path, diagnostic })));
}

const keyOf = ({ path, diagnostic: { code, message } }: Told): string => `${path} ${code} ${message}`;

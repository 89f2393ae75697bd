import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import { parsePipelineFile } from '../../../schemas/language/index.ts';
import { pipelineFileRole } from '../../../schemas/language/protocol.ts';

/** What is wrong with a file, as `crisol lint` tells it: the one place that decides what is looked at beside its text. */
export function checkFile(path: string, text: string): readonly Diagnostic[] {
  return parsePipelineFile(text, { role: pipelineFileRole(path) ?? 'main' }).diagnostics;
}

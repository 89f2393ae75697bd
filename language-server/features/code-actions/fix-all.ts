import type { Diagnostic, TextEdit } from '../../../schemas/language/diagnostic.ts';
import { fixAll } from '../../../schemas/language/fix/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { pathFrom } from '../../projects/addresses.ts';
import type { Analysis } from '../../projects/analysis.ts';

/** All that leaves no choice, as `crisol lint --fix` mends it: one edit over the lines that it takes. */
export function fixEverything(analysis: Analysis): TextEdit[] {
  const { text, lines } = analysis.document;
  const { text: fixed } = fixAll(text, (candidate) => diagnosticsIf(candidate, analysis));
  if (fixed === text) return [];
  const most = Math.min(text.length, fixed.length);
  let start = 0;
  while (start < most && text[start] === fixed[start]) start++;
  let end = 0;
  while (end < most - start && text.at(-1 - end) === fixed.at(-1 - end)) end++;
  // whole lines: half of a line break is no place
  const from = lines.lineSpan(lines.position(start).line)[0];
  const to = lines.lineSpan(lines.position(text.length - end).line)[1];
  const newText = fixed.slice(from, fixed.length - (text.length - to));
  return [{ range: lines.range([from, to]), newText }];
}

/** What other files of the project say counts, too. */
function diagnosticsIf(
  text: string,
  { document, diagnostics, project, uri, view: { role } }: Analysis,
): readonly Diagnostic[] {
  if (text === document.text) return diagnostics;
  const path = project && pathFrom(project.folder, uri);
  return path ? project.diagnosticsIf(path, text) : parsePipelineFile(text, { role }).diagnostics;
}

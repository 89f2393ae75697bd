import type { TextEdit } from '../../../schemas/language/diagnostic.ts';
import { fixAll } from '../../../schemas/language/fix/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import type { Analysis } from '../../documents/analysis.ts';

/** All that leaves no choice, as `crisol lint --fix` mends it: one edit over the lines that it takes. */
export function fixEverything({ document: { text, lines }, view: { role } }: Analysis): TextEdit[] {
  const { text: fixed } = fixAll(text, (candidate) => parsePipelineFile(candidate, { role }).diagnostics);
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { codeActions } from '../../../language-server/features/code-actions/code-actions.ts';
import type { Analysis } from '../../../language-server/projects/analysis.ts';
import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import { applyEdits } from '../../../schemas/language/fix/edits.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { DRAWN_DIAGNOSTICS } from '../language/draw-diagnostics.ts';
import { openCase } from './case-workspace.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'golden', 'diagnostics');
// one file is looked at as it is in the editor: what the others of a project bring is drawn in their cases
const names = readdirSync(FOLDER).filter((name) => !/^files-|\.crisol\./.test(name));

// what is advised depends on the names that there are
const keyOf = ({ code, message }: Diagnostic) => `${code} ${message.replace(/: (did you mean|add it).*/, '')}`;
/** `my-endpoint`, where there is none yet, is for the person to write over. */
const isBlank = ({ message }: Diagnostic) => message.includes('`my-');

/** What is offered to mend a diagnostic beside its own fixes, which are drawn with it: missing things, and holding it back. */
function offersFor(diagnostic: Diagnostic, analysis: Analysis): CodeAction[] {
  const own = new Set(diagnostic.fixes?.map(({ title }) => title));
  return codeActions(analysis, diagnostic.range).filter(({ title, diagnostics = [] }) => {
    const [mended] = diagnostics;
    return mended?.code === diagnostic.code && mended.message === diagnostic.message && !own.has(title);
  });
}

function whatIsLeft(action: CodeAction, diagnostic: Diagnostic, analysis: Analysis): string[] {
  const edits = Object.values(action.edit?.changes ?? {}).flat();
  const after = parsePipelineFile(applyEdits(analysis.document.text, edits)).diagnostics;
  const had = Map.groupBy(analysis.diagnostics, keyOf);
  const left = Map.groupBy(after, keyOf);
  const key = keyOf(diagnostic);
  const stays = (left.get(key)?.length ?? 0) >= (had.get(key)?.length ?? 0) ? [`still there: ${key}`] : [];
  const errors = after.filter((one) => one.severity === 'error' && !had.has(keyOf(one)) && !isBlank(one));
  return [...stays, ...errors.map((one) => `new: ${keyOf(one)}`)].map((told) => `${action.title}: ${told}`);
}

describe('what the editor offers for a diagnostic mends it and breaks nothing else', () => {
  it.each(names)('in %s', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8').replace(DRAWN_DIAGNOSTICS, '');
    const { workspace, address } = openCase(text, name);
    const analysis = workspace.analysisOf(address);
    if (!analysis) throw new Error('This case was not read.');
    const left = analysis.diagnostics.flatMap((diagnostic) =>
      offersFor(diagnostic, analysis).flatMap((action) => whatIsLeft(action, diagnostic, analysis)),
    );
    expect(left).toEqual([]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import {
  incomingCalls,
  outgoingCalls,
  prepareCallHierarchy,
} from '../../../language-server/features/call-hierarchy.ts';
import { codeActions } from '../../../language-server/features/code-actions/code-actions.ts';
import { codeLenses } from '../../../language-server/features/code-lenses.ts';
import { complete } from '../../../language-server/features/completion/complete.ts';
import { diagnostics } from '../../../language-server/features/diagnostics.ts';
import { foldingRanges } from '../../../language-server/features/folding.ts';
import { hover } from '../../../language-server/features/hover/hover.ts';
import { inlayHints } from '../../../language-server/features/inlay-hints.ts';
import { documentLinks } from '../../../language-server/features/links.ts';
import { definition, highlights, references } from '../../../language-server/features/navigation.ts';
import { selectionRanges } from '../../../language-server/features/selection.ts';
import { semanticTokens } from '../../../language-server/features/semantic-tokens.ts';
import { signatureHelp } from '../../../language-server/features/signature.ts';
import { symbols } from '../../../language-server/features/symbols.ts';
import { why } from '../../../language-server/features/why.ts';
import type { Analysis } from '../../../language-server/projects/analysis.ts';
import { Analyses } from '../../../language-server/projects/analysis.ts';
import { anyText } from '../language/any-text.ts';
import { SOME_LIVE } from './some-live.ts';

/** Its edits lie apart, so that an editor takes them. */
function expectSound({ document: { lines } }: Analysis, actions: CodeAction[]): void {
  for (const { edit } of actions) {
    const spans = Object.values(edit?.changes ?? {})
      .flat()
      .map(({ range }) => [lines.offset(range.start), lines.offset(range.end)] as const)
      .sort(([one], [other]) => one - other);
    for (const [at, [start, end]] of spans.entries()) {
      expect(start).toBeLessThanOrEqual(end);
      expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.[1] ?? 0);
    }
  }
}

it('every feature answers at any place of any text', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, at) => {
      const analysis = new Analyses().of({ uri: 'file:///crisol.yaml', version: 1, getText: () => text });
      if (!analysis) throw new Error('a file of ours');
      const position = analysis.document.lines.position(at % (text.length + 1));
      expect(diagnostics(analysis, null)).toHaveLength(analysis.diagnostics.length);
      expectSound(analysis, codeActions(analysis, { start: position, end: position }));
      expectSound(analysis, codeActions(analysis, { start: position, end: position }, undefined, ['source']));
      hover(analysis, position, SOME_LIVE, { now: 0 });
      symbols(analysis);
      codeLenses(analysis, SOME_LIVE);
      inlayHints(analysis, analysis.document.lines.range([0, text.length]), SOME_LIVE, 0);
      for (const item of prepareCallHierarchy(analysis, position)) {
        incomingCalls(analysis, item);
        outgoingCalls(analysis, item);
        why(analysis, item.name);
      }
      foldingRanges(analysis);
      selectionRanges(analysis, [position]);
      semanticTokens(analysis);
      documentLinks(analysis);
      signatureHelp(analysis, position);
      highlights(analysis, position);
      expect(references(analysis, position, true).length).toBeGreaterThanOrEqual(definition(analysis, position).length);
      for (const { textEdit } of complete(analysis, position, SOME_LIVE)) {
        // editors refuse completions that span lines or do not touch the cursor
        const range = textEdit && 'range' in textEdit ? textEdit.range : null;
        expect(range?.start.line).toBe(position.line);
        expect(range?.start.character).toBeLessThanOrEqual(position.character);
        expect(range?.end.character).toBeGreaterThanOrEqual(position.character);
      }
    }),
    { numRuns: 400 },
  );
});

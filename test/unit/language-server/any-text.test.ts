import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Analyses } from '../../../language-server/documents/analysis.ts';
import { codeActions } from '../../../language-server/features/code-actions.ts';
import { complete } from '../../../language-server/features/complete.ts';
import { diagnostics } from '../../../language-server/features/diagnostics.ts';
import { foldingRanges } from '../../../language-server/features/folding.ts';
import { hover } from '../../../language-server/features/hover.ts';
import { documentLinks } from '../../../language-server/features/links.ts';
import { definition, highlights, references } from '../../../language-server/features/navigation.ts';
import { selectionRanges } from '../../../language-server/features/selection.ts';
import { semanticTokens } from '../../../language-server/features/semantic-tokens.ts';
import { signatureHelp } from '../../../language-server/features/signature.ts';
import { symbols } from '../../../language-server/features/symbols.ts';
import { anyText } from '../language/any-text.ts';

it('every feature answers at any place of any text', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, at) => {
      const analysis = new Analyses().of({ uri: 'file:///crisol.yaml', version: 1, getText: () => text });
      if (!analysis) throw new Error('a file of ours');
      const position = analysis.document.lines.position(at % (text.length + 1));
      expect(diagnostics(analysis, [])).toHaveLength(analysis.diagnostics.length);
      codeActions(analysis, { start: position, end: position });
      hover(analysis, position);
      symbols(analysis);
      foldingRanges(analysis);
      selectionRanges(analysis, [position]);
      semanticTokens(analysis);
      documentLinks(analysis);
      signatureHelp(analysis, position);
      highlights(analysis, position);
      expect(references(analysis, position, true).length).toBeGreaterThanOrEqual(definition(analysis, position).length);
      for (const { textEdit } of complete(analysis, position)) {
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppressIt } from '../../../language-server/features/code-actions/suppress.ts';
import { diagnostics } from '../../../language-server/features/diagnostics.ts';
import { Analyses } from '../../../language-server/projects/analysis.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import type { MonitorSummary } from '../../../schemas/wire/monitoring.ts';
import { anyText } from '../language/any-text.ts';
import { SOME_LIVE } from './some-live.ts';

describe('a comment that holds a diagnostic back', () => {
  it('holds it back and nothing else, and has its use, whatever the file', () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), fc.nat(1), (text, at, which) => {
        const file = parsePipelineFile(text);
        // in a file that cannot be read whole each line more may be read otherwise
        if (file.view.problems.length > 0) return;
        const diagnostic = file.diagnostics[at % Math.max(1, file.diagnostics.length)];
        const edit = diagnostic && suppressIt(diagnostic, file)[which]?.edits[0];
        if (!edit) return;
        const offset = file.document.lines.offset(edit.range.start);
        const after = parsePipelineFile(text.slice(0, offset) + edit.newText + text.slice(offset));
        const codes = after.diagnostics.map(({ code }) => code);
        const isHeldBack = (one: typeof diagnostic) =>
          one.code === diagnostic.code && (which === 1 || one.range.start.line === diagnostic.range.start.line);
        expect(codes).toEqual(file.diagnostics.filter((one) => !isHeldBack(one)).map(({ code }) => code));
      }),
      { numRuns: 500, examples: [['---\n\uFEFFversion', 0, 0]] },
    );
  });

  it('holds back what the daemon tells, too', () => {
    const text = (comment: string) =>
      `version: 1\nendpoints: {e: {model: m}}\nmonitors:\n  w:\n    endpoint: e\n    drift: {threshold: 0.1}${comment}\n`;
    const column = { name: 'home_form', effect: 0.18, threshold: 0.1 };
    const monitors = [
      { name: 'w', state: 'drift', drifted: [column], rows: 1000, sentence: '' },
    ] as unknown as MonitorSummary[];
    const told = (source: string) => {
      const analysis = new Analyses().of({ uri: 'file:///crisol.yaml', version: 1, getText: () => source });
      return analysis ? diagnostics(analysis, { ...SOME_LIVE, monitors }).map(({ code }) => code) : [];
    };
    expect(told(text(''))).toEqual(['CRISOL130']);
    expect(told(text(' # crisol-ignore CRISOL130: the cup is on'))).toEqual([]);
  });
});

import { describe } from 'vitest';
import { stepAround } from '../../../language-server/documents/steps.ts';
import { codeLenses } from '../../../language-server/features/code-lenses.ts';
import { inlayHints } from '../../../language-server/features/inlay-hints.ts';
import { why } from '../../../language-server/features/why.ts';
import { goldenCases } from '../language/golden-cases.ts';
import { below, EXPECTED, place } from './below.ts';
import { liveOf } from './some-live.ts';

const NOW = Date.UTC(2026, 10, 21, 23, 30);

describe('above steps stands what is drawn below the text', () => {
  goldenCases('code-lens', EXPECTED, (text) =>
    below(text, (analysis) =>
      codeLenses(analysis, liveOf(text, analysis.uri)).map(
        ({ range, command }) =>
          `${place(range)} ${command?.title} [${[command?.command, ...(command?.arguments ?? [])].join(' ')}]`,
      ),
    ),
  );
});

describe('beside values stands what is drawn below the text', () => {
  goldenCases('inlay-hints', EXPECTED, (text) =>
    below(text, (analysis) => {
      const { lines, text: source } = analysis.document;
      return inlayHints(analysis, lines.range([0, source.length]), liveOf(text, analysis.uri), NOW).map(
        ({ position, label, tooltip }) =>
          `${position.line + 1}:${position.character + 1} ${label} (${String(tooltip).replaceAll('\n', ' / ')})`,
      );
    }),
  );
});

describe('why a step would run is drawn below the text', () => {
  goldenCases('why', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const step = stepAround(analysis, analysis.document.lines.offset(cursor))?.name ?? 'nobody';
      return (why(analysis, step) ?? []).map(
        (reason) => `${reason.uri?.replace('file:///', '')} ${place(reason.range)} ${reason.text}`,
      );
    }),
  );
});

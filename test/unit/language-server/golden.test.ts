import { describe } from 'vitest';
import type { Analysis } from '../../../language-server/documents/analysis.ts';
import { Analyses } from '../../../language-server/documents/analysis.ts';
import { codeActions } from '../../../language-server/features/code-actions.ts';
import { complete } from '../../../language-server/features/complete.ts';
import { hover } from '../../../language-server/features/hover.ts';
import { definition, references } from '../../../language-server/features/navigation.ts';
import { rename } from '../../../language-server/features/rename.ts';
import { signatureHelp } from '../../../language-server/features/signature.ts';
import type { Position, Range } from '../../../schemas/language/positions.ts';
import { cursorIn, goldenCases } from '../language/golden-cases.ts';

const EXPECTED = /^#>.*\n/gm;

/** The text as it is, and below it what the feature answers at the cursor. */
function below(text: string, answer: (analysis: Analysis, cursor: Position) => string[]): string {
  const { text: source, offset } = cursorIn(text);
  const analysis = new Analyses().of({ uri: 'file:///crisol.yaml', version: 1, getText: () => source });
  const lines = analysis ? answer(analysis, analysis.document.lines.position(offset)) : [];
  const told = lines.length > 0 ? lines : ['nothing'];
  return text + told.map((line) => `${`#> ${line}`.trimEnd()}\n`).join('');
}

const place = ({ start, end }: Range) =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1}`;

describe('completion offers what is drawn below the text', () => {
  goldenCases('completion', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const items = complete(analysis, cursor).sort((a, b) => String(a.sortText).localeCompare(String(b.sortText)));
      return items.map(({ label, detail, textEdit }) => {
        const edit =
          textEdit && 'range' in textEdit ? `[${place(textEdit.range)} ${JSON.stringify(textEdit.newText)}]` : '';
        return `${label} ${edit}${detail ? ` ${detail}` : ''}`;
      });
    }),
  );
});

describe('hover tells what is drawn below the text', () => {
  goldenCases('hover', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const found = hover(analysis, cursor);
      if (!found?.range) return [];
      const contents = typeof found.contents === 'object' && 'value' in found.contents ? found.contents.value : '';
      return [place(found.range), ...contents.split('\n')];
    }),
  );
});

describe('code actions mend what is drawn below the text', () => {
  goldenCases('code-actions', EXPECTED, (text) =>
    below(text, (analysis, cursor) =>
      codeActions(analysis, { start: cursor, end: cursor }).flatMap(({ title, edit }) => {
        const edits = Object.values(edit?.changes ?? {}).flat();
        return edits.map(({ range, newText }) => `${title} [${place(range)} ${JSON.stringify(newText)}]`);
      }),
    ),
  );
});

describe('definitions are where it is drawn below the text', () => {
  goldenCases('definition', EXPECTED, (text) =>
    below(text, (analysis, cursor) => definition(analysis, cursor).map(({ range }) => shown(analysis, range))),
  );
});

describe('references are where it is drawn below the text', () => {
  goldenCases('references', EXPECTED, (text) =>
    below(text, (analysis, cursor) => references(analysis, cursor, true).map(({ range }) => shown(analysis, range))),
  );
});

describe('renaming makes of the text what is drawn below it', () => {
  goldenCases('rename', EXPECTED, (text) => {
    const [, newName = ''] = /^#: new name: (.*)$/m.exec(text) ?? [];
    return below(text, (analysis, cursor) => {
      try {
        const edits = Object.values(rename(analysis, cursor, newName)?.changes ?? {}).flat();
        return edits.map(({ range, newText }) => `${shown(analysis, range)} -> ${newText}`);
      } catch (thrown) {
        return [`refused: ${thrown instanceof Error ? thrown.message : thrown}`];
      }
    });
  });
});

describe('help with the values of a function is what is drawn below the text', () => {
  goldenCases('signature', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const help = signatureHelp(analysis, cursor);
      const [signature] = help?.signatures ?? [];
      const parameter = signature?.parameters?.[help?.activeParameter ?? 0];
      return signature ? [`${signature.label} at ${parameter?.label ?? 'none'}`] : [];
    }),
  );
});

const shown = (analysis: Analysis, range: Range) => {
  const { text, lines } = analysis.document;
  return `${place(range)} ${text.slice(lines.offset(range.start), lines.offset(range.end))}`;
};

import { describe } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import {
  incomingCalls,
  outgoingCalls,
  prepareCallHierarchy,
} from '../../../language-server/features/call-hierarchy.ts';
import { codeActions } from '../../../language-server/features/code-actions/code-actions.ts';
import { complete } from '../../../language-server/features/completion/complete.ts';
import { foldingRanges } from '../../../language-server/features/folding.ts';
import { hover } from '../../../language-server/features/hover/hover.ts';
import { paramOfFileHover } from '../../../language-server/features/hover/param-of-a-file.ts';
import { documentLinks } from '../../../language-server/features/links.ts';
import { definition, references } from '../../../language-server/features/navigation.ts';
import { rename } from '../../../language-server/features/rename.ts';
import { selectionRanges } from '../../../language-server/features/selection.ts';
import { LEGEND, semanticTokens } from '../../../language-server/features/semantic-tokens.ts';
import { signatureHelp } from '../../../language-server/features/signature.ts';
import { symbols } from '../../../language-server/features/symbols.ts';
import { workspaceSymbols } from '../../../language-server/features/workspace-symbols.ts';
import { sourcesOf } from '../../../language-server/projects/sources.ts';
import { goldenCases } from '../language/golden-cases.ts';
import { below, belowNames, EXPECTED, place, shown } from './below.ts';
import { liveOf } from './some-live.ts';

const NOW = Date.UTC(2026, 10, 21, 23, 30);

describe('completion offers what is drawn below the text', () => {
  goldenCases('completion', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const live = text.includes('#: live:') ? liveOf(text, analysis.uri) : null;
      const items = complete(analysis, cursor, live).sort((a, b) =>
        String(a.sortText).localeCompare(String(b.sortText)),
      );
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
    below(text, (analysis, cursor, extentOf) => {
      const live = text.includes('#: live:') ? liveOf(text, analysis.uri) : null;
      const found = hover(analysis, cursor, live, { now: NOW, zone: 'UTC', extentOf });
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
    belowNames(text, (file, cursor, at) => definition(file, cursor).map(({ uri, range }) => at(uri, range))),
  );
});

describe('hovering in a params file tells who names the param, as drawn below the text', () => {
  goldenCases('params-hover', EXPECTED, (text) =>
    belowNames(text, (file, cursor) => {
      const { contents } = paramOfFileHover(file, cursor) ?? {};
      return typeof contents === 'object' && 'value' in contents ? contents.value.split('\n') : [];
    }),
  );
});

describe('references are where it is drawn below the text', () => {
  goldenCases('references', EXPECTED, (text) =>
    belowNames(text, (file, cursor, at) => references(file, cursor, true).map(({ uri, range }) => at(uri, range))),
  );
});

describe('renaming makes of the text what is drawn below it', () => {
  goldenCases('rename', EXPECTED, (text) => {
    const [, newName = ''] = /^#: new name: (.*)$/m.exec(text) ?? [];
    return belowNames(text, (file, cursor, at) => {
      try {
        const changes = Object.entries(rename(file, cursor, newName)?.changes ?? {});
        return changes.flatMap(([uri, edits]) => edits.map(({ range, newText }) => `${at(uri, range)} -> ${newText}`));
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

describe('names of all files are found as drawn below the text', () => {
  goldenCases('workspace-symbols', EXPECTED, (text) => {
    const [, query = ''] = /^#: query: (.*)$/m.exec(text) ?? [];
    return belowNames(text, (file, _cursor, at) =>
      workspaceSymbols(sourcesOf(file), query).map(({ name, containerName, location }) => {
        const where = 'range' in location ? at(location.uri, location.range) : location.uri;
        return `${containerName} ${name}: ${where}`;
      }),
    );
  });
});

describe('paths lead to the files that are drawn below the text', () => {
  goldenCases('links', EXPECTED, (text) =>
    below(text, (analysis) =>
      documentLinks(analysis).map(({ range, target }) => `${shown(analysis, range)} ${target}`),
    ),
  );
});

describe('what can be folded is drawn below the text', () => {
  goldenCases('folding', EXPECTED, (text) =>
    below(text, (analysis) =>
      foldingRanges(analysis).map(({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1} ${kind ?? ''}`),
    ),
  );
});

describe('a selection grows to what is drawn below the text', () => {
  goldenCases('selection', EXPECTED, (text) =>
    below(text, (analysis, cursor) => {
      const grown: string[] = [];
      let [range] = selectionRanges(analysis, [cursor]);
      for (; range; range = range.parent) grown.push(JSON.stringify(shown(analysis, range.range)).slice(1, 70));
      return grown;
    }),
  );
});

describe('words in expressions are coloured as drawn below the text', () => {
  goldenCases('semantic-tokens', EXPECTED, (text) =>
    below(text, (analysis) => {
      const { data } = semanticTokens(analysis);
      const found: string[] = [];
      let [line, character] = [0, 0];
      for (let at = 0; at < data.length; at += 5) {
        const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 4);
        line += lines;
        character = lines > 0 ? characters : character + characters;
        const range = { start: { line, character }, end: { line, character: character + length } };
        found.push(`${shown(analysis, range)} ${LEGEND.tokenTypes[type]}`);
      }
      return found;
    }),
  );
});

describe('what comes before and after a step is drawn below the text', () => {
  goldenCases('call-hierarchy', EXPECTED, (text) =>
    below(text, (analysis, cursor) =>
      prepareCallHierarchy(analysis, cursor).flatMap((item) => [
        `${item.name} [${place(item.selectionRange)}] ${item.detail}`,
        ...incomingCalls(analysis, item).map(({ from }) => `< ${from.name} [${place(from.range)}] ${from.detail}`),
        ...outgoingCalls(analysis, item).map(({ to }) => `> ${to.name} [${place(to.range)}] ${to.detail}`),
      ]),
    ),
  );
});

describe('the outline is drawn below the text', () => {
  goldenCases('symbols', EXPECTED, (text) =>
    below(text, (analysis) => {
      const drawn = (all: DocumentSymbol[], indent: string): string[] =>
        all.flatMap(({ name, kind, detail, selectionRange, children = [] }) => [
          `${indent}${name} ${kindName(kind)} ${place(selectionRange)}${detail ? ` ${detail}` : ''}`,
          ...drawn(children, `${indent}  `),
        ]);
      return drawn(symbols(analysis), '');
    }),
  );
});

const kindName = (kind: SymbolKind) => Object.entries(SymbolKind).find(([, value]) => value === kind)?.[0];

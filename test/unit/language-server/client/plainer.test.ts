import { describe, expect, it } from 'vitest';
import { InsertTextFormat } from 'vscode-languageserver';
import { actionsFor, completionsFor, hoverFor } from '../../../../language-server/client/plainer.ts';

const LESSER = { snippets: false, markdown: false, commands: false };
const ALL = { snippets: true, markdown: true, commands: true };

describe('an editor without snippets', () => {
  it.each([
    ['format($1)', 'format()'],
    [`a:\n  \${1:run}: \${2|x,y|}$0`, 'a:\n  run: x'],
    [`\${1:a \${2:b}}`, 'a b'],
    [`\\\${{ params.$1 \\}}`, `\${{ params. }}`],
    [`\${1:{lr: [1, 2]\\}}`, '{lr: [1, 2]}'],
    ['a \\\\ b', 'a \\ b'],
  ])('is given for %j the text %j', (newText, plain) => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const item = {
      label: 'a',
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range, newText },
      insertText: newText,
    };
    expect(completionsFor([item], LESSER)[0]).toMatchObject({
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { newText: plain },
      insertText: plain,
    });
    expect(completionsFor([item], ALL)[0]).toEqual(item);
  });
});

describe('an editor without Markdown', () => {
  it('is given the words alone', () => {
    const value = '**`run`**\n\nA *command*, see [steps](#steps). 2 * 3\n\n```yaml\nrun: echo\n```';
    const hover = { contents: { kind: 'markdown' as const, value } };
    expect(hoverFor(hover, LESSER)?.contents).toEqual({
      kind: 'plaintext',
      value: 'run\n\nA command, see steps. 2 * 3\n\nrun: echo\n',
    });
    expect(hoverFor(hover, ALL)).toBe(hover);
    expect(hoverFor(null, LESSER)).toBeNull();
  });
});

it('an editor without our commands is offered none', () => {
  const action = { title: 'Open', command: { title: 'Open', command: 'crisol.monitors.show' } };
  expect([actionsFor([action], LESSER), actionsFor([action], ALL)]).toEqual([[], [action]]);
  expect(completionsFor([{ label: 'a', command: action.command }], LESSER)).toEqual([{ label: 'a' }]);
});

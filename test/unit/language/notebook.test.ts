import { expect, it } from 'vitest';
import { notebookIn, notebookParameters } from '../../../schemas/language/values/notebook.ts';

it.each([
  ['notebook a.ipynb', { path: 'a.ipynb', output: null, words: [] }],
  ['notebook ./n//a.ipynb out/b.ipynb x=1\n', { path: 'n/a.ipynb', output: 'out/b.ipynb', words: ['x=1'] }],
  ["notebook 'my book.ipynb' s='two words'", { path: 'my book.ipynb', output: null, words: ["s='two words'"] }],
  [
    `notebook a.ipynb l2=\${{ params.l2 + 'x y' }}.5`,
    { path: 'a.ipynb', output: null, words: [`l2=\${{ params.l2 + 'x y' }}.5`] },
  ],
  ['notebook a.ipynb from=b.ipynb', { path: 'a.ipynb', output: null, words: ['from=b.ipynb'] }],
  ['jupyter notebook a.ipynb', null],
  ['notebook a.py', null],
  ['notebook', null],
  ['notebook a.ipynb\necho done', null],
])('%j is a notebook with its words, or a command like any other', (command, meant) => {
  expect(notebookIn(command)).toEqual(meant);
});

it('values of parameters are what YAML reads, and texts when they are quoted', () => {
  expect(notebookParameters(['a=3', "b='3'", 'c=[1, x]', 'd=', 'e="it\\"s"', 'f=1=2'])).toEqual({
    values: { a: 3, b: '3', c: [1, 'x'], d: '', e: 'it"s', f: '1=2' },
  });
  expect(notebookParameters(['--depth', '3'])).toEqual({
    problem: 'a notebook takes its parameters as `name=value`, not `--depth`',
  });
});

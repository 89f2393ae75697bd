import { describe, expect, it } from 'vitest';
import type { Lookup } from '../../../schemas/language/expressions/evaluate.ts';
import { valueAt } from '../../../schemas/language/expressions/evaluate.ts';
import { fillText, fillValue, parseTemplate } from '../../../schemas/language/expressions/template.ts';

const values = { params: { seed: 7, name: 'x', list: ['a', 'b'], 'odd key': true } };
const lookup: Lookup = (path) => {
  const value = valueAt(values, path);
  return value === undefined ? { problem: `no ${path.join('.')}` } : { value };
};
const filled = (text: string) => fillText(text, lookup);
const open = '$' + '{{';

describe('expressions', () => {
  it('keep the type of a value that stands alone', () => {
    expect(filled(`${open} params.seed }}`)).toEqual({ value: 7, problems: [], late: null });
    expect(filled(`${open}params.list}}`).value).toEqual(['a', 'b']);
  });

  it('are written into the text around them', () => {
    expect(filled(`--seed ${open} params.seed }} --name=${open} params.name }}!`).value).toBe('--seed 7 --name=x!');
  });

  it('of a text are read once, however often it is asked about, and of thousands of texts each as itself', () => {
    const text = `${open} params.seed }}`;
    expect(parseTemplate(` ${text}`.trim())).toBe(parseTemplate(text));
    for (let at = 0; at < 2000; at++) expect(parseTemplate(`${open} ${at} }}`)).toMatchObject([{ content: ` ${at} ` }]);
    expect(filled(text).value).toBe(7);
  });

  it('reach into lists and odd names', () => {
    expect(filled(`${open} params.list[1] }}`).value).toBe('b');
    expect(filled(`${open} params['odd key'] }}`).value).toBe(true);
  });

  it('are filled in through lists and maps', () => {
    const value = { a: [`${open} params.seed }}`], b: { c: 'plain', d: null } };
    expect(fillValue(value, lookup).value).toEqual({ a: [7], b: { c: 'plain', d: null } });
  });

  it.each([
    [`${open} params.none }}`, 'no params.none'],
    [`${open} params.seed`, 'never closed'],
    [`${open} }}`, 'empty'],
    [`${open} params.seed > }}`, 'missing at the end'],
    [`${open} failure() }}`, 'only while the pipeline runs'],
    [`${open} fromJSON('no') }}`, 'no JSON'],
    [`${open} format('{1}', 'a') }}`, 'no value for `{1}`'],
  ])('leave the text alone and tell why: %s', (text, problem) => {
    const { value, problems } = filled(text);
    expect(value).toBe(text);
    expect(problems.join()).toContain(problem);
  });

  it('wait for what only running tells, and fill in the rest', () => {
    const whileRunning = Object.assign((path: readonly (string | number)[]) => lookup(path), {
      later: () => ({ problem: 'not yet', late: true }) as const,
    });
    expect(fillText(`${open} params.seed }} ${open}failure()}}`, whileRunning)).toEqual({
      value: `7 ${open} failure() }}`,
      problems: [],
      late: 'not yet',
    });
  });

  it('leave texts without any as they are', () => {
    expect(filled('{{ jinja }} $' + '{shell} $$').value).toBe('{{ jinja }} $' + '{shell} $$');
    expect(parseTemplate('')).toEqual([]);
  });

  it('find only what values hold themselves', () => {
    expect(valueAt(values, ['params', 'toString'])).toBeUndefined();
    expect(valueAt(values, ['params', 'list', 'length'])).toBeUndefined();
  });
});

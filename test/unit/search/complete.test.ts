import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../../schemas/search/index.ts';
import { completeFilter, parseFilter } from '../../../schemas/search/index.ts';

const vocabulary: Vocabulary = {
  keys: { metric: ['loss', 'val loss', 'val_loss'], param: ['lr', 'optimizer'], tag: ['team'] },
  values: (kind, key) => {
    if (kind === 'param' && key === 'optimizer') return ['adam', "o'sgd"];
    return kind === 'attribute' && key === 'status' ? ['RUNNING', 'FINISHED'] : [];
  },
};

/** The caret is drawn as `|`. */
function complete(drawn: string) {
  const caret = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  const { from, to, items } = completeFilter(text, caret, vocabulary);
  return { replaced: text.slice(from, to), texts: items.map((item) => item.text) };
}

describe('what may stand at the caret', () => {
  it('is any key at the beginning and after AND', () => {
    for (const drawn of ['|', "params.lr = '1' AND |", "params.lr = '1' and l|"]) {
      expect(complete(drawn).texts).toContain('metrics.loss');
    }
    expect(complete('|').texts).toContain('metrics.`val loss`');
    expect(complete('|').texts).toContain('run_name');
  });

  it('is a key with what was typed of it, at its start before anywhere', () => {
    expect(complete('loss|')).toEqual({
      replaced: 'loss',
      texts: ['metrics.loss', 'metrics.`val loss`', 'metrics.val_loss'],
    });
    expect(complete('metrics.val|').texts).toEqual(['metrics.`val loss`', 'metrics.val_loss']);
    expect(complete('metrics.|').replaced).toBe('metrics.');
    expect(complete('params.l|r').replaced).toBe('params.lr');
  });

  it('is what can be asked of the key', () => {
    expect(complete('metrics.loss |').texts).toEqual(['=', '!=', '>', '>=', '<', '<=']);
    expect(complete('params.lr I|').texts).toEqual(['ILIKE', 'IS NULL', 'IS NOT NULL', 'LIKE']);
    expect(complete('start_time |').texts).toContain('>=');
    expect(complete('run_id NOT |').texts).toContain('IN');
  });

  it('is a value that the key has, in quotes', () => {
    expect(complete('params.optimizer = |').texts).toEqual(["'adam'", "'o''sgd'"]);
    expect(complete("params.optimizer = 'ad|").texts).toEqual(["'adam'"]);
    expect(complete("status = 'F|")).toEqual({ replaced: "'F", texts: ["'FINISHED'"] });
    expect(complete("status IN ('RUNNING', |").texts).toEqual(["'RUNNING'", "'FINISHED'"]);
    expect(complete('metrics.loss < |').texts).toEqual([]);
  });

  it('is AND after a condition', () => {
    expect(complete('metrics.loss < 1 |').texts).toEqual(['AND']);
    expect(complete('params.lr IS NOT NULL |').texts).toEqual(['AND']);
  });

  it('never fails, and a key that is taken can be read', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(30), (text, at) => {
        const caret = Math.min(at, text.length);
        const { from, to } = completeFilter(text, caret, vocabulary);
        expect(from).toBeLessThanOrEqual(caret);
        expect(to).toBeGreaterThanOrEqual(caret);
      }),
    );
    for (const item of completeFilter('', 0, vocabulary).items.filter(({ what }) => what === 'metric')) {
      expect(parseFilter(`${item.text} > 1`, 'runs')).toHaveLength(1);
    }
  });
});

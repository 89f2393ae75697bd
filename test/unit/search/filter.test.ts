import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, Dialect } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder, printFilter, SearchError } from '../../../schemas/search/index.ts';
import { processorTime } from '../../support/processor-time.ts';
import { conditionsOf, DIALECT_NAMES } from './arbitrary.ts';

describe('a filter', () => {
  test.each<[string, Condition]>([
    ['metrics.loss < 0.5', { kind: 'metric', key: 'loss', op: '<', value: 0.5 }],
    ['metric.loss >= -1e-3', { kind: 'metric', key: 'loss', op: '>=', value: -0.001 }],
    ['metrics.1a>-.5', { kind: 'metric', key: '1a', op: '>', value: -0.5 }],
    ['metrics.`val loss/1` = 1.', { kind: 'metric', key: 'val loss/1', op: '=', value: 1 }],
    ["params.lr.x = '0.1'", { kind: 'param', key: 'lr.x', op: '=', value: '0.1' }],
    ['parameter."my param" != "it\'s"', { kind: 'param', key: 'my param', op: '!=', value: "it's" }],
    ["param.a = 'it''s'", { kind: 'param', key: 'a', op: '=', value: "it's" }],
    ["tags.mlflow.source.name like '%x_'", { kind: 'tag', key: 'mlflow.source.name', op: 'LIKE', value: '%x_' }],
    ["`tags`.é ILIKE 'Ä'", { kind: 'tag', key: 'é', op: 'ILIKE', value: 'Ä' }],
    ['tags.x is  not\tnull', { kind: 'tag', key: 'x', op: 'IS NOT NULL', value: null }],
    ['params.null IS NULL', { kind: 'param', key: 'null', op: 'IS NULL', value: null }],
    ['run_id in (\'a\', "b",)', { kind: 'attribute', key: 'run_id', op: 'IN', value: ['a', 'b'] }],
    ["attributes.run_id NOT IN ('a')", { kind: 'attribute', key: 'run_id', op: 'NOT IN', value: ['a'] }],
    ["run.status = 'RUNNING'", { kind: 'attribute', key: 'status', op: '=', value: 'RUNNING' }],
    ['created > 1', { kind: 'attribute', key: 'start_time', op: '>', value: 1 }],
    ["`Run name` = 'x'", { kind: 'attribute', key: 'run_name', op: '=', value: 'x' }],
    ["dataset.context IN ('train')", { kind: 'dataset', key: 'context', op: 'IN', value: ['train'] }],
  ])('%s is read', (text, condition) => {
    expect(parseFilter(text, 'runs')).toEqual([condition]);
  });

  test.each([
    ["metrics.a > 1 AND tags.b = 'x'"],
    ["metrics.a > 1 and tags.b='x'"],
    ["AND metrics.a > 1 AND AND tags.b = 'x'AND"],
    ["metrics.a>1 tags.b='x'"],
  ])('is all its comparisons, joined by AND: %s', (text) => {
    expect(printFilter(parseFilter(text, 'runs'))).toBe("metrics.a > 1 AND tags.b = 'x'");
  });

  test.each<[string, string, number]>([
    ['metrics.a > 1 OR metrics.b > 2', "Invalid clause(s) in filter string: 'OR'", 14],
    ['(metrics.a > 1)', "Invalid clause(s) in filter string: '('", 0],
    ['metrics.a = 1;', "Invalid clause(s) in filter string: ';'", 13],
    ['loss > 1', "Invalid attribute key 'loss' specified. Valid keys are 'run_id', 'run_name'", 0],
    ['Metrics.a > 1', "Invalid entity type 'Metrics'. Valid values are ['metric', 'parameter'", 0],
    ["datasets.schema = 'x'", "Invalid dataset key 'schema' specified.", 0],
    ["metrics.a = '1'", "Expected numeric value type for metric. Found '1'", 12],
    ['metrics.a > nan', 'Expected numeric value type for metric. Found nan', 12],
    ["start_time = '1'", "Expected numeric value type for numeric attribute: start_time. Found '1'", 13],
    ['params.a = 1', "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 1", 11],
    ['params.a = b', 'Parameter value is either not quoted', 11],
    ["params.a > 'b'", "Invalid comparator '>' not one of '=', '!=', 'LIKE', 'ILIKE'", 9],
    ["params.a IN ('b')", 'Expected a quoted string value for parameter', 12],
    ["run_name IN ('b')", "Only ['run_id'] attributes support comparison with a list of quoted string values.", 12],
    ['run_id IN ()', 'expected a non-empty list of string values, but got empty list', 10],
    ["run_id IN 'a'", 'IN needs a list in parentheses', 10],
    ['metrics.a == 1', "Invalid comparator '==' not one of", 10],
    ['metrics.a IS NULL', "IS NULL / IS NOT NULL is only supported for params and tags, not for 'metric' 'a'", 10],
    ['metrics.a >', 'Expected numeric value type for metric. Found nothing', 11],
    ['metrics.a', 'expected a comparison, found the end', 9],
    ['metrics.', 'a name is missing after', 8],
    ["tags.a = 'b", 'not quoted', 9],
  ])('%s is refused, with the place', (text, message, at) => {
    const failure = failureOf(() => parseFilter(text, 'runs'));
    expect(failure.message).toContain(message);
    expect(failure.at).toBe(at);
  });

  test.each<[Dialect, string]>([
    ['experiments', "experiment_id LIKE '1'"],
    ['experiments', "tags.a IN ('x')"],
    ['experiments', 'metrics.a > 1'],
    ['models', "description = 'x'"],
    ['models', 'tags.a IS NULL'],
    ['versions', "source_path IN ('x')"],
    ['logged-models', "datasets.name = 'x'"],
  ])('asks each kind only what it can answer: %s, %s', (dialect, text) => {
    expect(() => parseFilter(text, dialect)).toThrow(SearchError);
  });

  test.each<[Dialect, string]>([
    ['experiments', "name ILIKE '%a%' AND experiment_id IN ('1') AND last_update_time > 5 AND tags.a IS NOT NULL"],
    ['models', "name IN ('a', 'b') AND tags.x != 'y'"],
    ['versions', "version_number >= 2 AND run_id IN ('a') AND source_path LIKE 's3:%'"],
    ['logged-models', "metrics.f1 > 0.5 AND params.lr IN ('1') AND tags.a LIKE 'x' AND model_type = 'm'"],
  ])('of %s may be: %s', (dialect, text) => {
    expect(printFilter(parseFilter(text, dialect))).toBe(text);
  });

  test('of versions takes a number in quotes, of logged models a text without', () => {
    expect(printFilter(parseFilter("version_number = '2'", 'versions'))).toBe('version_number = 2');
    expect(printFilter(parseFilter('params.lr = 0.01 AND name = m', 'logged-models'))).toBe(
      "params.lr = '0.01' AND name = 'm'",
    );
  });

  test('reads the same after it was printed', () => {
    const dialects = fc.constantFrom(...DIALECT_NAMES);
    const filters = dialects.chain((dialect) =>
      fc.record({ dialect: fc.constant(dialect), all: conditionsOf(dialect) }),
    );
    fc.assert(
      fc.property(filters, ({ dialect, all }) => {
        expect(parseFilter(printFilter(all), dialect)).toEqual(all);
      }),
    );
  });

  test('of any text at all is read, or refused at a place in it', () => {
    const pieces = fc.constantFrom(
      'metrics.',
      'tags',
      '.',
      "'",
      '"',
      '`',
      'AND',
      'IN',
      '(',
      ')',
      ',',
      ' ',
      '1e',
      'IS',
      'NULL',
      '=',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...DIALECT_NAMES), (text, dialect) => {
        for (const read of [() => parseFilter(text, dialect), () => parseOrder([text], dialect)]) {
          const failure = thrownBy(read);
          if (failure === undefined) continue;
          expect(failure).toBeInstanceOf(SearchError);
          expect((failure as SearchError).at).toBeGreaterThanOrEqual(0);
          expect((failure as SearchError).at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a number', `metrics.a > ${'1'.repeat(50_000)}x`],
    ['a name', `metrics.${'a'.repeat(50_000)} > 1`],
    ['quotes', `tags.a = ${"'".repeat(50_001)}`],
    ['open quotes', '`" '.repeat(15_000)],
    ['dots', 'a.'.repeat(25_000)],
    ['a list', `run_id IN (${"'a',".repeat(12_500)})`],
    ['spaces', `${' '.repeat(50_000)}x`],
    ['ANDs', 'AND '.repeat(12_500)],
  ])('of 50,000 characters takes no time: %s', (_what, text) => {
    const spent = processorTime();
    thrownBy(() => parseFilter(text, 'runs'));
    expect(spent()).toBeLessThan(2000);
  });

  test.each([
    ['a pattern', `params.a LIKE '${'a'.repeat(1001)}'`, 'at most 1000 characters'],
    ['a list', `run_id IN (${"'a',".repeat(10_001)})`, 'at most 10000 values'],
    ['all of it', ' '.repeat(500_001), 'at most 500000 characters'],
  ])('has an end: %s', (_what, text, message) => {
    expect(failureOf(() => parseFilter(text, 'runs')).message).toContain(message);
  });

  test('has an end: more than 100 conditions are refused', () => {
    const text = Array.from({ length: 101 }, () => 'metrics.a > 1').join(' AND ');
    expect(failureOf(() => parseFilter(text, 'runs')).message).toContain('at most 100');
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (failure) {
    return failure;
  }
}

function failureOf(action: () => unknown): SearchError {
  const failure = thrownBy(action);
  if (failure instanceof SearchError) return failure;
  throw new Error('it was not refused');
}

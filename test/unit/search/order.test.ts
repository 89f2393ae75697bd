import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../schemas/search/index.ts';
import { parseOrder, printOrder } from '../../../schemas/search/index.ts';

describe('an order', () => {
  test.each([
    ['metrics.loss', 'metrics.loss ASC'],
    ['metrics.`val loss`  desc', 'metrics.`val loss` DESC'],
    ['params."a b" asc', 'params.`a b` ASC'],
    ['tag.x DESC', 'tags.x DESC'],
    ['attributes.start_time DESC', 'start_time DESC'],
    ['created DESC', 'start_time DESC'],
    ['run_id', 'run_id ASC'],
  ])('%s is read', (clause, printed) => {
    expect(parseOrder([clause], 'runs').map(printOrder)).toEqual([printed]);
  });

  test.each<[string, string, Dialect?]>([
    ['', "Invalid order_by clause ''. Could not be parsed."],
    ['loss', "Invalid attribute key 'loss' specified."],
    ['metrics.a down', "Invalid ordering key in order_by clause 'metrics.a down'."],
    ['metrics.a, metrics.b', "Invalid order_by clause 'metrics.a, metrics.b'. Could not be parsed."],
    ['datasets.name', 'Invalid order_by entity: dataset'],
    ['tags.a', 'Invalid order_by entity: tag', 'experiments'],
  ])('%s is refused', (clause, message, dialect = 'runs') => {
    expect(() => parseOrder([clause], dialect)).toThrow(message);
  });

  test('by one key twice is refused', () => {
    expect(() => parseOrder(['metrics.a', 'metric.a DESC'], 'runs')).toThrow('contains duplicate fields');
  });

  test('by more than the store can join is refused at once', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `metrics.k${index}`);
    expect(parseOrder(many(50), 'runs')).toHaveLength(50);
    expect(() => parseOrder(many(100_000), 'runs')).toThrow('at most 50 fields');
  });

  test('of models knows the older name of a time', () => {
    expect(parseOrder(['timestamp DESC', 'name'], 'models').map(printOrder)).toEqual([
      'last_updated_timestamp DESC',
      'name ASC',
    ]);
  });
});

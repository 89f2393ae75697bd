import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputColumn } from '../../../schemas/model.ts';
import {
  cautionOf,
  exampleTexts,
  hintOf,
  mistakeIn,
  readForm,
  stepOf,
  stepped,
  textsOf,
} from '../../../webviews/endpoint/form.ts';
import { readJson, toJson } from '../../../webviews/endpoint/json-record.ts';
import { remember } from '../../../webviews/endpoint/look.ts';
import { ask, NOTHING, reduce, refusedColumn } from '../../../webviews/endpoint/state.ts';
import { endpoint, NOW, signature } from '../../contract/webviews/recorded.ts';

const number = (part: object = {}): InputColumn => ({
  name: 'x',
  kind: 'number',
  min: 0,
  max: 15,
  integer: false,
  example: 1,
  ...part,
});
const league: InputColumn = { name: 'league', kind: 'category', categories: ['A', 'B'], example: 'A' };

describe('the form', () => {
  test('an untouched form sends the example of the model', () => {
    const { record, mistakes } = readForm(signature, {});
    expect(mistakes).toEqual({});
    expect(record).toEqual(Object.fromEntries(signature.inputs.map(({ name, example }) => [name, example])));
    expect(readForm(signature, exampleTexts(signature)).record).toEqual(record);
  });

  test.each([
    ['9', 9],
    [' −3.5 ', -3.5],
    ['1e3', 1000],
    ['', null],
  ])('a number written as "%s" is sent as %s', (text, value) => {
    expect(readForm({ ...signature, inputs: [number()] }, { x: text }).record.x).toBe(value);
  });

  test.each(['nine', '1,5', 'NaN', 'Infinity', '1 2'])('"%s" is no number, and nothing is sent for it', (text) => {
    const { record, mistakes } = readForm({ ...signature, inputs: [number()] }, { x: text });
    expect(record).toEqual({});
    expect(mistakes.x).toContain(text);
  });

  test('warns of what the model never saw, without forbidding it', () => {
    expect(cautionOf(number(), '15')).toBeNull();
    expect(cautionOf(number(), '15.1')).toContain('Outside');
    expect(cautionOf(number({ integer: true }), '1.5')).toContain('whole');
    expect(cautionOf(number(), '')).toBeNull();
    expect(cautionOf(league, 'A')).toBeNull();
    expect(cautionOf(league, 'C')).toContain('never');
  });

  test('says the range in training', () => {
    expect(hintOf(number({ integer: true }))).toBe('whole number, 0 to 15 in training');
    expect(hintOf(league)).toBe('2 known values');
  });

  test('arrow keys step by what suits the range, without dust in the decimals', () => {
    expect([stepOf(number({ integer: true })), stepOf(number({ max: 1 })), stepOf(number({ max: 0 }))]).toEqual([
      1, 0.01, 0.1,
    ]);
    expect(stepped(number({ max: 1 }), '0.1', 1)).toBe('0.11');
    expect(stepped(number({ max: 1 }), '0.30', -1)).toBe('0.29');
    expect(stepped(number({ integer: true }), '', 1)).toBe('1');
    expect(stepped(number(), 'nine', 1)).toBe('nine');
  });

  test('what was sent fills the form so that it sends the same again', () => {
    const cell = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    fc.assert(
      fc.property(cell, (x) => {
        const again = readForm({ ...signature, inputs: [number()] }, textsOf({ x })).record.x;
        expect(again ?? null).toEqual(x === 0 ? 0 : x);
      }),
    );
  });
});

describe('JSON', () => {
  const example = readForm(signature, {}).record;

  test('what the form holds is read back the same', () => {
    expect(readJson(toJson(example), signature)).toEqual({ record: example, mistake: null });
  });

  test.each([
    ['', 'no valid JSON'],
    ['[1]', 'one object'],
    ['null', 'one object'],
    [JSON.stringify({ ...example, colour: 1 }), 'no column “colour”'],
    ['{"league": "A"}', 'Missing: “home_form”, “away_form”, “elo_difference” and 1 more'],
    [JSON.stringify({ ...example, league: ['A'] }), '“league” must be'],
  ])('%s is refused with the reason', (text, reason) => {
    expect(readJson(text, signature).mistake).toContain(reason);
  });

  test('no text makes it fail', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readJson(text, signature)));
  });
});

describe('answers', () => {
  const answer = { label: 'home', probabilities: { home: 1 }, model: 'm', version: 1, latency_ms: 1 };
  const asked = ask(ask(NOTHING));

  test('only the newest question is answered', () => {
    const late = reduce(asked, { type: 'endpoint/answer', ask: 1, answer, round_trip_ms: 2, at: NOW });
    expect(late).toBe(asked);
    const now = reduce(asked, { type: 'endpoint/answer', ask: 2, answer, round_trip_ms: 2, at: NOW });
    expect(now).toMatchObject({ waiting: false, answered: { answer } });
  });

  test('the form stays while the endpoint has no model for a moment', () => {
    const ready = reduce(NOTHING, { type: 'endpoint/state', endpoint, signature });
    const stopped = reduce(ready, { type: 'endpoint/state', endpoint, signature: null });
    expect(stopped.signature).toBe(signature);
  });

  test('a refusal that names a column belongs to its field', () => {
    const refusal = (message: string) => ({ error_code: 'ENDPOINT_INPUT_INVALID', message });
    expect(refusedColumn(refusal('Column "home_form" is missing.'), signature)).toBe('home_form');
    expect(refusedColumn(refusal('Column "unknown" is missing.'), signature)).toBeNull();
    expect(refusedColumn(refusal('Something else'), signature)).toBeNull();
    expect(refusedColumn(null, signature)).toBeNull();
  });

  test('the list keeps the newest twenty', () => {
    const one = { record: {}, answer, round_trip_ms: 1, at: NOW };
    const past = Array.from({ length: 30 }, (_, at) => ({ ...one, at })).reduce(remember, [] as (typeof one)[]);
    expect([past.length, past[0]?.at]).toEqual([20, 29]);
  });
});

test.each(['constructor', '__proto__'])('a column may be called %s', (name) => {
  const odd = { ...signature, inputs: [number({ name, example: 2 })] };
  expect(Object.entries(readForm(odd, {}).record)).toEqual([[name, 2]]);
  expect(readForm(odd, {}).mistakes).toEqual({});
  expect(mistakeIn({}, name)).toBeUndefined();
  expect(readJson('{}', odd).mistake).toContain('Missing');
});

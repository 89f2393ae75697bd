import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillSecrets, fillSecretsInJson, marksFor } from '../../../daemon/project/secrets.ts';

const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('\u0001') && !text.includes('='));

test('a mark stands for any value in texts and in JSON, and does not tell it', () => {
  fc.assert(
    fc.property(name, fc.string(), fc.string(), (key, value, around) => {
      fc.pre(!around.includes('\u0001'));
      const env = { [key]: value };
      const mark = marksFor(env)[key] ?? '';
      expect(mark).toBe(`\u0001env:${key}\u0001`);
      expect(fillSecrets(around + mark + around, env)).toBe(around + value + around);
      expect(JSON.parse(fillSecretsInJson(JSON.stringify({ a: mark }), env))).toEqual({ a: value });
    }),
  );
});

test('a variable that is gone is said', () => {
  expect(() => fillSecrets(marksFor({ KEY: 'x' }).KEY ?? '', {})).toThrow('the environment variable KEY is not set');
});

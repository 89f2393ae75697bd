import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainOutput } from '../../../schemas/plain-output.ts';

test('colours, titles, links and other words to a terminal are left out', () => {
  expect(plainOutput('\u001b[31mred\u001b[0m \u001b[1;38;5;208mbold\u001b[m\u001b[K')).toBe('red bold');
  expect(plainOutput('\u001b]0;a title\u0007\u001b]8;;command:quit\u001b\\click\u001b]8;;\u001b\\')).toBe('click');
  expect(plainOutput('\u001bPq#0\u001b\\a\u001b(Bb\u001b7c\u001b=\u0007\b')).toBe('abc');
});

test('a progress bar is its last state', () => {
  expect(plainOutput('start\n\r 10%\r 50%\r100%\nend\r\n')).toBe('start\n100%\nend\n');
  expect(plainOutput(' 50%\r')).toBe(' 50%');
});

test('what is plain stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'ñ', '🏆', '[', ']', ';', 'm', '\n', '\t', ' ') }), (text) => {
      expect(plainOutput(text)).toBe(text);
    }),
  );
});

test('nothing of a terminal remains, and what is plain once is plain', () => {
  const unit = fc.constantFrom('\u001b', '[', ']', 'P', '\\', '\u0007', '\r', '\n', '0', ';', 'm', 'a', '\u009b');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const plain = plainOutput(text);
      expect(/[^\P{Cc}\n\t]/u.test(plain)).toBe(false);
      expect(plainOutput(plain)).toBe(plain);
    }),
  );
});

test('a long output that opens many strings takes no long time', () => {
  const begun = performance.now();
  plainOutput('\u001b]'.repeat(200_000));
  plainOutput('\u001bP'.repeat(200_000));
  expect(performance.now() - begun).toBeLessThan(2000);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainOutput } from '../../../schemas/plain-output.ts';
import { styledOutput } from '../../../schemas/styled-output.ts';

const E = '\u001b[';
const looks = (printed: string) =>
  styledOutput(printed).map(({ spans }) => spans.map(({ text, style }) => [text, style]));
const texts = (printed: string) => styledOutput(printed).map(({ text }) => text);

describe('what a program printed', () => {
  test('has its colours, until they are taken back, over the ends of lines', () => {
    expect(looks(`a ${E}31;1mred\nstill${E}0m plain`)).toEqual([
      [
        ['a ', {}],
        ['red', { colour: 1, bold: true }],
      ],
      [
        ['still', { colour: 1, bold: true }],
        [' plain', {}],
      ],
    ]);
    expect(looks(`${E}93;44mx${E}39my${E}49m${E}2;3;4mz${E}22;23;24mw`)).toEqual([
      [
        ['x', { colour: 11, background: 4 }],
        ['y', { background: 4 }],
        ['z', { dim: true, italic: true, underline: true }],
        ['w', {}],
      ],
    ]);
  });

  test('has any colour of 256 and of sixteen millions', () => {
    const colours = [`${E}38;5;9m`, `${E}38;5;196m`, `${E}38;5;244m`, `${E}38;2;1;20;300m`, `${E}48;5;21m`];
    expect(colours.map((colour) => looks(`${colour}x`)[0]?.[0]?.[1])).toEqual([
      { colour: 9 },
      { colour: 'rgb(255, 0, 0)' },
      { colour: 'rgb(128, 128, 128)' },
      { colour: 'rgb(1, 20, 255)' },
      { background: 'rgb(0, 0, 255)' },
    ]);
  });

  test('ends as what was written last of a line, and without words to the terminal', () => {
    expect(texts(`10 %\r50 %\r${E}2K100 %\ndone\r\n${E}?25l\u001b]0;title\u0007end`)).toEqual(['100 %', 'done', 'end']);
  });

  test('can be folded by its phases, one in another, the last open to the end', () => {
    const lines = styledOutput('a\n::group::Fit\nb\n##[group]Inner\nc\n##[endgroup]\n::endgroup::\nd\n::group::\ne');
    expect(lines.map(({ text, foldsTo }) => [text, foldsTo])).toEqual([
      ['a', undefined],
      ['Fit', 5],
      ['b', undefined],
      ['Inner', 5],
      ['c', undefined],
      ['d', undefined],
      ['Phase', 8],
      ['e', undefined],
    ]);
  });

  test('says what it says as plain text, whatever was printed', () => {
    const pieces = fc.constantFrom(
      'a',
      'b c',
      '\n',
      '\r',
      '\r\n',
      `${E}31m`,
      `${E}0m`,
      `${E}2K`,
      '\u0007',
      'ñ🏆',
      `${E}38;5;7m`,
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
        const printed = all.join('');
        const plain = plainOutput(printed).split('\n');
        if (plain.at(-1) === '') plain.pop();
        expect(texts(printed)).toEqual(plain);
      }),
    );
  });
});

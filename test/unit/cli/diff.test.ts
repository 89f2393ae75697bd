import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../daemon/cli/lint/diff.ts';

/** What `patch` makes of a text and a diff; null when they do not belong together. */
function patched(text: string, diff: string): string | null {
  const lines = text.split(/(?<=\n)/);
  const result: string[] = [];
  let at = 0;
  for (const [, from = '', count = '1', body = ''] of diff.matchAll(/^@@ -(\d+)(?:,(\d+))? .*\n((?:[ +-].*\n)*)/gm)) {
    const start = count === '0' ? Number(from) : Number(from) - 1;
    result.push(...lines.slice(at, start));
    at = start;
    for (const step of body.split(/(?<=\n)/).filter((one) => one !== '')) {
      if (!step.startsWith('+') && lines[at++] !== step.slice(1)) return null;
      if (!step.startsWith('-')) result.push(step.slice(1));
    }
  }
  return [...result, ...lines.slice(at)].join('');
}

describe('the difference of two texts', () => {
  it('is nothing between equal ones', () => {
    expect(unifiedDiff('a', 'x\n', 'x\n')).toBe('');
  });

  it('shows what changed, and three lines around it', () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}\n`).join('');
    const after = before.replace('line 5\n', 'line five\n').replace('line 20\n', '');
    expect(unifiedDiff('my file', before, after)).toBe(
      [
        '--- a/my file',
        '+++ b/my file',
        '@@ -2,7 +2,7 @@',
        ' line 2',
        ' line 3',
        ' line 4',
        '-line 5',
        '+line five',
        ' line 6',
        ' line 7',
        ' line 8',
        '@@ -17,4 +17,3 @@',
        ' line 17',
        ' line 18',
        ' line 19',
        '-line 20',
        '',
      ].join('\n'),
    );
  });

  it('says where a last line does not end', () => {
    expect(unifiedDiff('a', 'x', 'x\n')).toBe('--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n');
  });

  it('makes one of the other', () => {
    const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(fc.property(lines, lines, (before, after) => patched(before, unifiedDiff('a', before, after)) === after));
  });

  it('takes no longer for a long text with few changes', () => {
    const before = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`).join('');
    expect(unifiedDiff('a', before, before.replace('line 10000\n', '')).split('\n')).toHaveLength(11);
  });
});

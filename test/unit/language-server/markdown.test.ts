import { describe, expect, it } from 'vitest';
import { dvcHover } from '../../../language-server/dvc/hover.ts';
import { code, codeBlock, words } from '../../../language-server/features/markdown.ts';
import { readDvcFile } from '../../../schemas/language/dvc/file.ts';

describe('what a file says becomes no markup', () => {
  it('as code, whatever ticks are in it', () => {
    expect(code('plain')).toBe('`plain`');
    expect(code('a` ![](https://x/y) ``b')).toBe('``` a` ![](https://x/y) ``b ```');
    expect(code('a\n\n# b')).toBe('`a # b`');
    expect(codeBlock('yaml', '1')).toBe('```yaml\n1\n```');
    expect(codeBlock('yaml', '```\n[x](command:y)')).toBe('````yaml\n```\n[x](command:y)\n````');
    expect(words('[a](b)\n# c')).toBe('\\[a\\]\\(b\\) \\# c');
  });

  it('in the hover of a stage of dvc.yaml', () => {
    const text =
      'stages:\n  a:\n    desc: "[x](command:y)"\n    cmd: "echo\\n```\\n![](https://x/y)"\n    deps: ["b` [x](command:y)"]\n';
    const contents = dvcHover(readDvcFile(text, {}), { line: 1, character: 2 })?.contents;
    const told = typeof contents === 'object' && 'value' in contents ? contents.value : '';
    expect(told).toContain('\\[x\\]\\(command:y\\)');
    expect(told).toContain('````sh\n(echo)\n(```)\n(![](https://x/y))\n````');
    expect(told).toContain('`` b` [x](command:y) ``');
  });
});

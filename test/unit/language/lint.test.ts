import { describe, expect, it } from 'vitest';
import { formatLint } from '../../../schemas/language/lint/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';

const text = 'version: 1\nsteps:\n  a: {rn: x, needs: b}\n  b: {run: x, needs: a}\n';
const files = [
  { path: 'sub dir/crisol.yaml', diagnostics: parsePipelineFile(text).diagnostics },
  { path: 'fine.crisol.yaml', diagnostics: [] },
];

describe('crisol lint', () => {
  it('text: a link to each place, others below it, and a count', () => {
    expect(formatLint(files, 'text').split('\n')).toEqual([
      'sub dir/crisol.yaml:3:7: error CRISOL112: `rn` is not known in `a`: did you mean `run`?',
      'sub dir/crisol.yaml:3:21: error CRISOL121: These steps wait for each other: a → b → a. Remove one of the places that make the circle.',
      '    sub dir/crisol.yaml:3:21: a needs b',
      '    sub dir/crisol.yaml:4:22: b needs a',
      '2 files checked: 2 errors, 0 warnings',
      '',
    ]);
  });

  it('json: each file with code, severity, message and range', () => {
    const { files: found } = JSON.parse(formatLint(files, 'json'));
    expect(found).toHaveLength(2);
    expect(found[0].diagnostics[0]).toEqual({
      code: 'CRISOL112',
      severity: 'error',
      message: '`rn` is not known in `a`: did you mean `run`?',
      range: { start: { line: 2, character: 6 }, end: { line: 2, character: 8 } },
    });
  });

  it('sarif: rules, one-based places, paths as URIs', () => {
    const sarif = JSON.parse(formatLint(files, 'sarif'));
    const [run] = sarif.runs;
    const [result] = run.results;
    expect(sarif.version).toBe('2.1.0');
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'sub%20dir/crisol.yaml' },
      region: { startLine: 3, startColumn: 7, endLine: 3, endColumn: 9 },
    });
    expect(run.results[1].relatedLocations).toHaveLength(2);
  });

  it('github: one command a line, with what would break it escaped', () => {
    const { diagnostics } = parsePipelineFile('version: 1\n"a%\\nb": 1\n');
    const [line] = formatLint([{ path: 'a,b:c.yaml', diagnostics }], 'github').split('\n');
    expect(line).toMatch(/^::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=1,endColumn=8,title=CRISOL112::/);
    expect(line).toContain('a%25');
  });
});

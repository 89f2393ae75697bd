import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import { comparePositions, indexLines } from '../../../schemas/language/positions.ts';
import type { FileAnswer } from '../../../schemas/language/project/index.ts';
import { readProject } from '../../../schemas/language/project/index.ts';
import { anyText } from './any-text.ts';

const HEAD = 'version: 1\ninclude: [a.crisol.yaml, b.crisol.yaml]\nparams: [params.yaml, more.json]\n';

function projectOf(files: Record<string, FileAnswer | string>) {
  const answers = new Map(Object.entries(files));
  const read = (path: string): FileAnswer => {
    const answer = answers.get(path) ?? 'missing';
    return typeof answer !== 'string' || answer === 'missing' || answer === 'unknown' ? answer : { text: answer };
  };
  return readProject('crisol.yaml', { read }, { facts: { stateOf: () => 'missing' } });
}

describe('any files whatever', () => {
  it('give diagnostics within the files that they name, a model and a plan', () => {
    const anyAnswer = fc.oneof(anyText, fc.constantFrom('missing' as const, 'unknown' as const));
    fc.assert(
      fc.property(anyText, anyAnswer, anyAnswer, anyAnswer, (main, a, b, params) => {
        const texts: Record<string, string> = {
          'crisol.yaml': `${HEAD}${main}`,
          'a.crisol.yaml': a,
          'b.crisol.yaml': b,
          'params.yaml': params,
        };
        const project = projectOf(texts);
        for (const { path } of project.members) {
          for (const { range, related = [] } of project.diagnosticsOf(path)) {
            for (const place of [{ path, range }, ...related]) {
              const text = texts[place.path ?? path] ?? '';
              const end = indexLines(text).position(text.length);
              expect(comparePositions(place.range.start, place.range.end)).toBeLessThanOrEqual(0);
              expect(comparePositions(place.range.end, end)).toBeLessThanOrEqual(0);
            }
          }
        }
        planOf(project.model, { params: project.model.params.values });
      }),
      { numRuns: 200 },
    );
  });

  it('hold what seems to be missing back while one of them is not read', () => {
    const aboutOthers = ['CRISOL120', 'CRISOL124', 'CRISOL126', 'CRISOL127', 'CRISOL128', 'CRISOL119', 'CRISOL163'];
    const unread = fc.constantFrom<FileAnswer>('missing', 'unknown', { problem: 'cannot be read' });
    fc.assert(
      fc.property(anyText, unread, (main, answer) => {
        const project = projectOf({ 'crisol.yaml': `include: a.crisol.yaml\n${main}`, 'a.crisol.yaml': answer });
        const codes = project.diagnosticsOf('crisol.yaml').map(({ code }) => code);
        // a key that the text has again is read once, as it stands first
        expect(codes.filter((code) => aboutOthers.includes(code))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

it('a project of hundreds of files that include each other is read once each', () => {
  const names = Array.from({ length: 300 }, (_, at) => `p${at}.crisol.yaml`);
  let reads = 0;
  const project = readProject('crisol.yaml', {
    read(path) {
      reads++;
      const steps = path === 'crisol.yaml' ? '' : `steps: {${path.replaceAll('.', '-')}: {run: echo}}\n`;
      return {
        text: `version: 1\ninclude: [${names.filter((name) => name > path || path === 'crisol.yaml')}]\n${steps}`,
      };
    },
  });
  expect(project.members).toHaveLength(301);
  expect(project.model.steps).toHaveLength(300);
  expect(reads).toBe(301);
  expect(project.members.flatMap(({ path }) => project.diagnosticsOf(path))).toEqual([]);
});

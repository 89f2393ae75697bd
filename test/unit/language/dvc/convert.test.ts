import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../../../schemas/language/diagnostic.ts';
import { convertDvc, filesNamedBy } from '../../../../schemas/language/dvc/convert.ts';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { gatherParams } from '../../../../schemas/language/params.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { planOf } from '../../../../schemas/language/plan/plan.ts';
import { expectGolden } from '../../../support/golden-file.ts';
import { anyText } from '../any-text.ts';

const FIXTURES = join('test', 'fixtures', 'dvc');
const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

/** What DVC itself made of the same files, recorded. */
interface Recorded {
  stages: Record<string, { cmd: string | string[]; wdir: string; frozen: boolean; deps: string[]; outs: string[] }>;
  edges: [string, string][];
}

function project(name: string) {
  const read = (file: string) => readFileSync(join(ROOT, FIXTURES, name, file), 'utf8');
  const dvc = read('dvc.yaml');
  const there = filesNamedBy(dvc).filter((file) => existsSync(join(ROOT, FIXTURES, name, file)));
  const recorded: Recorded = JSON.parse(read('recorded.json'));
  const conversion = convertDvc(dvc, Object.fromEntries(there.map((file) => [file, read(file)])));
  const { model, diagnostics } = parsePipelineFile(conversion.text);
  const { params } = gatherParams(
    model,
    model.params.files.map(({ value }) => ({ path: value, text: read(value) })),
  );
  return { recorded, conversion, diagnostics, plan: planOf(model, { params }) };
}

const nameOf = (dvcName: string) => dvcName.replaceAll('@', '-');

/** The commands of a step without what runs them as DVC does: a shell for each line, in the stage's folder. */
function commandsOf({ work }: PlannedStep): string[] {
  const lines = work.kind === 'run' ? work.command.split('\n') : [];
  return lines
    .filter((line) => line !== ')' && !line.startsWith('cd '))
    .map((line) => line.replace(/^\((.*?)\)?$/, '$1'));
}

const linesOf = (cmd: string | string[]) => [cmd].flat().flatMap((one) => one.trim().split(/\n+/));

describe.each(readdirSync(join(ROOT, FIXTURES)))('of the DVC project "%s"', (name) => {
  const { recorded, conversion, diagnostics, plan } = project(name);
  const run = Object.entries(recorded.stages).filter(([, { frozen }]) => !frozen);

  it('the crisol.yaml is right, and as drawn', () => {
    expect({ diagnostics: hasErrors(diagnostics), problems: plan.problems }).toEqual({
      diagnostics: false,
      problems: [],
    });
    expectGolden(join(FIXTURES, name, 'expected.crisol.yaml'), conversion.text);
  });

  it('each stage that DVC runs is a step, with the same commands, files and folder', () => {
    expect(plan.steps.map((step) => step.name).sort()).toEqual(run.map(([stage]) => nameOf(stage)).sort());
    for (const [stage, { cmd, wdir, deps, outs }] of run) {
      const step = plan.steps.find((one) => one.name === nameOf(stage));
      if (!step) throw new Error(stage);
      // that single params count, and not all of params.yaml, is what `params` says
      const reads = deps.filter((dep) => dep !== 'params.yaml');
      expect({
        stage,
        commands: commandsOf(step),
        reads: [...step.reads].sort(),
        writes: [...step.writes].sort(),
      }).toEqual({
        stage,
        commands: linesOf(cmd),
        reads,
        writes: outs,
      });
      const script = step.work.kind === 'run' ? step.work.command : '';
      expect(script.startsWith(`cd ${wdir}\n`)).toBe(wdir !== '.');
    }
  });

  it('each waits for the steps that DVC lets it wait for', () => {
    const waits = plan.steps.flatMap((step) => step.needs.map((need) => [step.name, need]));
    const running = new Set(run.map(([stage]) => stage));
    const wanted = recorded.edges.filter((edge) => edge.every((stage) => running.has(stage)));
    expect(waits.sort()).toEqual(wanted.map((edge) => edge.map(nameOf)).sort());
  });
});

describe('a dvc.yaml', () => {
  it('is converted stage by stage, too', () => {
    const { steps } = convertDvc(
      `stages: {a: {cmd: x}, b: {foreach: [1, 2], do: {cmd: "y \${item}"}}}`,
      {},
      { stage: 'b' },
    );
    expect(steps.map(({ name, run }) => [name, run])).toEqual([
      ['b-1', 'y 1'],
      ['b-2', 'y 2'],
    ]);
  });

  it('tells what it could not convert', () => {
    const { notes, text } = convertDvc(
      `vars: [gone.yaml]\nstages: {a: {cmd: "x \${who}", deps: [s3://b/x, /abs, ../up], always_changed: true}, b: {foreach: "\${gone}", do: {}}}\nartifacts: {}\n`,
    );
    expect(notes).toEqual([
      '`vars` of gone.yaml are left as they are: It is not there.',
      `\`\${gone}\` is not known, so that its stages are not either: they are left out.`,
      '`artifacts` at the top is left out. Register models with a step `uses: register`.',
      `a: \`\${who}\` is not known: it is left as it stands.`,
      'a: s3://b/x lies outside of this folder: it is left out.',
      'a: /abs lies outside of this folder: it is left out.',
      'a: ../up lies outside of this folder: it is left out.',
      'a: `always_changed` has no counterpart here: a step without deps and outs runs each time.',
    ]);
    for (const note of notes.slice(0, 3)) expect(text).toContain(note);
  });

  it('of any text whatever gives a crisol.yaml that can be read', () => {
    fc.assert(
      fc.property(anyText, fc.dictionary(fc.constantFrom('params.yaml', 'a'), anyText), (text, files) => {
        const converted = convertDvc(text.replace('steps', 'stages').replace('run', 'cmd'), files);
        expect(parsePipelineFile(converted.text).diagnostics.filter(({ code }) => code < 'CRISOL112')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherParams } from '../../../schemas/language/params.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import type { PlanContext } from '../../../schemas/language/plan/scope.ts';

const open = '$' + '{{';
const planned = (text: string, context?: PlanContext) => planOf(parsePipelineFile(text).model, context);
const order = (text: string) => planned(text).steps.map((step) => step.name);

describe('the order of steps', () => {
  it('follows from what they read and write, built-in steps included', () => {
    const text = `
steps:
  evaluate: {uses: evaluate, with: {model: build/model, data: ./build/test.csv}}
  train: {uses: train, with: {data: build/train.csv, target: y, out: build/model}}
  split: {uses: split, with: {data: data.csv, train: build/train.csv, test: build/test.csv}}`;
    expect(order(text)).toEqual(['split', 'train', 'evaluate']);
    const [, , evaluate] = planned(text).steps;
    expect(evaluate).toMatchObject({
      needs: ['train', 'split'],
      reads: ['build/model', 'build/test.csv'],
      writes: [],
      work: { kind: 'uses', uses: 'evaluate' },
    });
  });

  it('follows from folders: who reads one waits for who writes into it, and the reverse', () => {
    expect(order('steps:\n  b: {run: x, deps: out}\n  a: {run: x, outs: out/file}')).toEqual(['a', 'b']);
    expect(order('steps:\n  b: {run: x, deps: out/file}\n  a: {run: x, outs: out/}')).toEqual(['a', 'b']);
    expect(order('steps:\n  b: {run: x, deps: out-2}\n  a: {run: x, outs: out}')).toEqual(['b', 'a']);
  });

  it('leaves paths as they are written, those that are numbers too', () => {
    const [step] = planned('steps:\n  a: {run: x, deps: ["b", "2", "./b", "1"], outs: ["9", "8", "9"]}').steps;
    expect(step).toMatchObject({ reads: ['b', '2', '1'], writes: ['9', '8'] });
  });

  it('follows from expressions and from needs', () => {
    const text = `
steps:
  c: {run: echo, needs: b}
  b: {run: "cat \${{ steps.a.outs[0] }}"}
  a: {run: echo, outs: a.txt}`;
    expect(order(text)).toEqual(['a', 'b', 'c']);
    expect(planned(text).steps[1]?.work).toEqual({ kind: 'run', command: 'cat a.txt' });
  });

  it('follows from conditions, with braces or without', () => {
    const text = `
steps:
  c: {run: echo, if: steps.b.metrics.f1 > 0.5}
  b: {run: echo, if: "\${{ steps.a.metrics.f1 > 0.5 }}"}
  a: {run: echo, if: true}`;
    expect(order(text)).toEqual(['a', 'b', 'c']);
  });

  it('is that of the file where nothing else decides', () => {
    expect(order('steps:\n  z: {run: x}\n  a: {run: x}\n  m: {run: x, needs: z}\n  b: {run: x}')).toEqual([
      'z',
      'a',
      'm',
      'b',
    ]);
  });

  it('names a circle, and loses no step to it', () => {
    const { steps, cycle } = planned('steps:\n  a: {run: x, needs: b}\n  b: {run: x, needs: a}\n  c: {run: x}');
    expect(cycle).toEqual(['a', 'b', 'a']);
    expect(steps.map((step) => step.name)).toEqual(['c', 'a', 'b']);
  });

  it('puts each step after those that it needs, whatever they are', () => {
    const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(graph, (needs) => {
        // only needs of earlier numbers: no circles; the file lists them backwards
        const steps = needs.map(
          (list, at) => `  s${at}: {run: x, needs: [${list.filter((n) => n < at).map((n) => `s${n}`)}]}`,
        );
        const { steps: sorted, cycle } = planned(`steps:\n${steps.reverse().join('\n')}\n`);
        expect(cycle).toBeNull();
        expect(sorted).toHaveLength(needs.length);
        const seen = new Set<string>();
        for (const step of sorted) {
          expect(step.needs.every((need) => seen.has(need))).toBe(true);
          seen.add(step.name);
        }
      }),
    );
  });

  it('takes a chain of thousands of steps', () => {
    const steps = Array.from({ length: 3000 }, (_, at) => `  s${at}: {run: x, needs: s${at + 1}}`);
    expect(order(`steps:\n${steps.join('\n')}\n  s3000: {run: x}\n`).slice(0, 2)).toEqual(['s3000', 's2999']);
  });
});

describe('what a step is given', () => {
  it('is the environment of the file under its own, with expressions filled in', () => {
    const text = `
env: {A: 1, B: "\${{ env.HOME }}"}
steps:
  a: {run: "echo \${{ env.A }}", env: {A: two, C: true}}`;
    const [step] = planned(text, { env: { HOME: '/home/x' } }).steps;
    expect(step?.env).toEqual({ A: 'two', B: '/home/x', C: 'true' });
    expect(step?.work).toEqual({ kind: 'run', command: 'echo two' });
  });

  it('is also in expressions with what it stands for', () => {
    const text = `
params: {x: 5, data: /d}
env: {A: "\${{ params.x }}", ROOT: "\${{ params.data }}", TRAIN: "\${{ env.ROOT }}/train"}
steps:
  a: {run: "echo \${{ env.A }} \${{ env.A == '5' }} \${{ env.TRAIN }}"}
  b: {run: "echo \${{ env.TRAIN }}", env: {ROOT: other}}`;
    const [a, b] = planned(text).steps;
    expect(a?.work).toEqual({ kind: 'run', command: 'echo 5 true /d/train' });
    expect(b?.work).toEqual({ kind: 'run', command: 'echo other/train' });
    expect(b?.env).toEqual({ A: '5', ROOT: 'other', TRAIN: 'other/train' });
  });

  it('adds to a variable of the same name further out', () => {
    const text = `
env: {PATH: "bin:\${{ env.PATH }}"}
steps:
  a: {run: "echo \${{ env.PATH }}", env: {PATH: "own:\${{ env.PATH }}"}}
  b: {run: x, env: {LOST: "\${{ env.LOST }}"}}`;
    const { steps, problems } = planned(text, { env: { PATH: '/usr/bin' } });
    expect(steps[0]?.env).toEqual({ PATH: 'own:bin:/usr/bin' });
    expect(steps[0]?.work).toEqual({ kind: 'run', command: 'echo own:bin:/usr/bin' });
    expect(problems).toEqual([{ step: 'b', message: 'There is no `env.LOST`.' }]);
  });

  it('decides on values that it does not hold, and carries their marks', () => {
    const reveal = (text: string) => text.replaceAll('<TOKEN>', 'secret');
    const say = (expression: string) => {
      const text = `params: {secret: {lr: 3}}\nsteps:\n  a:\n    run: ${open} ${expression} }}\n`;
      const { steps, problems } = planned(text, { env: { TOKEN: '<TOKEN>' }, reveal });
      return problems[0]?.message ?? steps[0]?.work;
    };
    const command = (text: string) => ({ kind: 'run', command: text });
    expect(say("env.TOKEN == 'secret'")).toEqual(command('true'));
    expect(say("env.TOKEN == 'secret' && env.TOKEN || 'other'")).toEqual(command('<TOKEN>'));
    expect(say("!env.TOKEN || contains(env.TOKEN, 'TOK')")).toEqual(command('false'));
    expect(say("format('Bearer {0}', env.TOKEN)")).toEqual(command('Bearer <TOKEN>'));
    expect(say('params[env.TOKEN].lr')).toEqual(command('3'));
    expect(say('toJSON(env.TOKEN)')).toBe(
      '`toJSON` cannot be given what the environment holds: let the command read it.',
    );
  });

  it('keeps the type of params', () => {
    const text = `
params: {l2: 0.5, cols: [a, b]}
steps:
  t: {uses: train, with: {data: d, target: y, out: o, l2: "\${{ params.l2 }}", exclude: "\${{ params.cols }}"}}`;
    expect(planned(text).steps[0]?.work).toMatchObject({ with: { l2: 0.5, exclude: ['a', 'b'] } });
  });

  it('is a problem, in words, when an expression leads nowhere', () => {
    const { problems } = planned(`steps:\n  a: {run: "echo ${open} params.x }} ${open} matrix.y }}"}`);
    expect(problems.map((problem) => problem.step)).toEqual(['a', 'a']);
    expect(problems[0]?.message).toContain('params.x');
  });

  it('does not go round in circles', () => {
    const text = `steps:\n  a: {uses: train, with: {out: "${open} steps.b.with.out }}"}}\n  b: {uses: train, with: {out: "${open} steps.a.with.out }}"}}`;
    expect(planned(text).problems[0]?.message).toContain('leads back to itself');
  });
});

describe('values of values', () => {
  const chain = (length: number, value: string) =>
    Array.from({ length }, (_, at) => {
      const next = `${open} steps.s${at + 1}.with.out }}`;
      return `  s${at}: {uses: train, with: {out: "${at === length - 1 ? value : next + next}"}}`;
    }).join('\n');

  it('are worked out once each, however many name them', () => {
    const started = process.cpuUsage();
    const { steps } = planned(`steps:\n${chain(18, '')}`);
    expect(steps).toHaveLength(18);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });

  it('are refused when they go too deep or grow too long', () => {
    expect(planned(`steps:\n${chain(30, 'o')}`).problems[0]?.message).toContain('over 20 levels deep');
    expect(planned(`steps:\n${chain(17, 'ha'.repeat(50))}`).problems[0]?.message).toContain('1 million characters');
  });
});

describe('params', () => {
  const { model } = parsePipelineFile('params: [base.yaml, more.yaml]\n');

  it('come from files in their order, then from overrides, which read as YAML does', () => {
    const files = [
      { path: 'base.yaml', text: 'train: {lr: 0.1, depth: 3}\nseed: 1\n' },
      { path: 'more.yaml', text: 'train: {lr: 0.2}\n' },
    ];
    const { params, problems, unknown } = gatherParams(model, files, { 'train.depth': '5 6', seed: '"2"' });
    expect(params).toEqual({ train: { lr: 0.2, depth: '5 6' }, seed: '2' });
    expect(problems).toEqual([]);
    expect(unknown).toBeNull();
  });

  it('that are not there are not made by an override: it says which one was meant', () => {
    const files = [{ path: 'base.yaml', text: 'epochs: 1\n' }];
    expect(gatherParams(model, files, { epoch: '2' }).unknown).toBe(
      'There is no param "epoch"; did you mean "epochs"?',
    );
    expect(gatherParams(model, files, { x: '2' }).unknown).toBe('There is no param "x"; there are: epochs.');
  });

  it('tell which file is broken', () => {
    const { problems } = gatherParams(model, [
      { path: 'base.yaml', text: '- a list' },
      { path: 'more.yaml', text: 'a: "b' },
    ]);
    expect(problems).toEqual([
      '`base.yaml` holds no map of names and values: make it one.',
      '`more.yaml` cannot be read, see its line 1: This quote is never closed: close it on the same line.',
    ]);
  });
});

import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Project } from '../../../daemon/project/index.ts';
import { processorTime } from '../../support/processor-time.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { waitFor } from '../../support/wait-for.ts';

let workspace: TempWorkspace;
let project: Project | undefined;
const clock = new VirtualClock();
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => {
  project?.dispose();
  workspace.dispose();
});

const file = (name: string, run = 'echo one') => `version: 1\nname: ${name}\nsteps:\n  one:\n    run: ${run}\n`;
const BROKEN = 'version: 1\nname: broken\nsteps:\n  one:\n    runn: true\n';

let changes = 0;
function open(): Project {
  changes = 0;
  project = new Project(workspace.folder, clock);
  project.changed.on(() => {
    changes++;
  });
  return project;
}

/** The system tells of a change when it likes; time itself does not pass here unless we let it. */
async function settled(look: () => unknown): Promise<void> {
  await waitFor(async () => {
    await clock.advance(100);
    return look();
  });
}

describe('a change of crisol.yaml is noticed', () => {
  beforeEach(() => workspace.write('crisol.yaml', file('first')));

  it('when it is saved in place', async () => {
    const opened = open();
    workspace.write('crisol.yaml', file('second'));
    await settled(() => changes === 1);
    expect(opened.model?.name).toBe('second');
  });

  it('when an editor renames another file over it', async () => {
    const opened = open();
    workspace.write('.crisol.yaml.swp', file('second'));
    renameSync(workspace.path('.crisol.yaml.swp'), workspace.path('crisol.yaml'));
    await settled(() => changes === 1);
    expect(opened.model?.name).toBe('second');
  });

  it('when it is deleted and made again', async () => {
    const opened = open();
    rmSync(workspace.path('crisol.yaml'));
    await settled(() => changes === 1);
    expect(opened.model).toBeNull();
    expect(opened.problem).toMatch(/no crisol.yaml/);
    workspace.write('crisol.yaml', file('third'));
    await settled(() => changes === 2);
    expect(opened).toMatchObject({ problem: null, model: { name: 'third' } });
  });

  it('when it is made after the start', async () => {
    rmSync(workspace.path('crisol.yaml'));
    const opened = open();
    expect(opened.model).toBeNull();
    workspace.write('crisol.yaml', file('late'));
    await settled(() => changes === 1);
  });

  it('and told also when somebody asked for the plan before the news had come', async () => {
    const opened = open();
    workspace.write('crisol.yaml', file('second'));
    expect(opened.plan().steps).toHaveLength(1);
    expect(opened.model?.name).toBe('second');
    await settled(() => changes === 1);
  });

  it('once for several saves in a row, and never for a save of the same', async () => {
    open();
    for (const name of ['a', 'b', 'c']) workspace.write('crisol.yaml', file(name));
    await settled(() => changes === 1);
    workspace.write('crisol.yaml', file('c'));
    workspace.write('crisol.yaml', file('d'));
    await settled(() => changes === 2);
    expect(changes).toBe(2);
  });
});

describe('a file that cannot be used', () => {
  it('leaves in force what was last good, and says what is wrong and where', async () => {
    workspace.write('crisol.yaml', file('good'));
    const opened = open();
    workspace.write('crisol.yaml', BROKEN);
    await settled(() => changes === 1);
    expect(opened.model?.name).toBe('good');
    expect(opened.problem).toMatch(/^crisol.yaml, line 5: .*runn/);
    expect(() => opened.plan()).toThrow(expect.objectContaining({ code: 'PIPELINE_FILE_INVALID' }));
    workspace.write('crisol.yaml', file('mended'));
    await settled(() => opened.problem === null);
    expect(opened.plan().steps).toHaveLength(1);
  });

  it.each([
    ['a folder', () => mkdirSync(workspace.path('crisol.yaml'))],
    ['a link to itself', () => symlinkSync(workspace.path('crisol.yaml'), workspace.path('crisol.yaml'))],
    ['a link to what never ends', () => symlinkSync('/dev/zero', workspace.path('crisol.yaml'))],
    ['too large', () => workspace.write('crisol.yaml', `# ${'x'.repeat(6_000_000)}`)],
  ])('is %s, and that is what it says', (_what, make) => {
    make();
    const opened = open();
    expect(opened.model).toBeNull();
    expect(opened.problem).toMatch(/crisol.yaml cannot be read/);
  });

  it('is a bomb of aliases, and is refused quickly', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 12; n++)
      lines.push(
        `a${n}: &a${n} [${Array(9)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    workspace.write('crisol.yaml', `version: 1\n${lines.join('\n')}\n`);
    const spent = processorTime();
    const opened = open();
    expect(opened.problem).toMatch(/crisol.yaml, line/);
    expect(spent()).toBeLessThan(1_000);
  });
});

describe('params', () => {
  const withParams = (path: string) =>
    `version: 1\nname: p\nparams: ${path}\nsteps:\n  one:\n    run: echo \${{ params.rate }}\n`;
  const command = () => open().plan().steps[0]?.work;

  it('come from the file that is named, as it is now, and can be overridden', () => {
    workspace.write('crisol.yaml', withParams('conf/params.yaml'));
    workspace.write('conf/params.yaml', 'rate: 1');
    expect(command()).toEqual({ kind: 'run', command: 'echo 1' });
    workspace.write('conf/params.yaml', 'rate: 2');
    expect(project?.plan().steps[0]?.work).toEqual({ kind: 'run', command: 'echo 2' });
    expect(project?.plan({ rate: '3' }).steps[0]?.work).toEqual({ kind: 'run', command: 'echo 3' });
  });

  it('may lie in a file whose name begins with dots', () => {
    workspace.write('crisol.yaml', withParams('..params.yaml'));
    workspace.write('..params.yaml', 'rate: 1');
    expect(command()).toEqual({ kind: 'run', command: 'echo 1' });
  });

  it.each([
    ['in a file that is not there', 'FILE_NOT_FOUND', 'params.yaml', () => {}],
    ['above the workspace', 'PIPELINE_FILE_INVALID', '../params.yaml', () => {}],
    [
      'behind a link out of it',
      'FILE_OUTSIDE_WORKSPACE',
      'link.yaml',
      () => symlinkSync('/etc/passwd', workspace.path('link.yaml')),
    ],
    ['in a folder', 'FILE_NOT_FOUND', 'conf', () => mkdirSync(workspace.path('conf'))],
  ])('%s are refused', (_what, code, path, make) => {
    make();
    workspace.write('crisol.yaml', withParams(path));
    expect(command).toThrow(expect.objectContaining({ code }));
  });
});

describe('a project of several files', () => {
  const MAIN = 'version: 1\nname: several\ninclude: parts/one.crisol.yaml\nparams: params.yaml\n';
  const PART =
    'include: two.crisol.yaml\nsteps:\n  one: {run: "echo $' +
    '{{ params.rate }} $' +
    '{{ steps.two.outs[0] }}", deps: b.csv}\n';
  const DEEPER = 'steps:\n  two: {run: echo, outs: b.csv}\nendpoints:\n  live: {model: m@production}\n';

  beforeEach(() => {
    workspace.write('crisol.yaml', MAIN);
    workspace.write('parts/one.crisol.yaml', PART);
    workspace.write('two.crisol.yaml', DEEPER);
    workspace.write('params.yaml', 'rate: 1');
  });

  it('is planned as one', () => {
    const opened = open();
    expect(opened.problem).toBeNull();
    expect(opened.model?.endpoints.map(({ name }) => name)).toEqual(['live']);
    expect(opened.plan().steps).toMatchObject([
      { name: 'two', needs: [] },
      { name: 'one', needs: ['two'], work: { command: 'echo 1 b.csv' } },
    ]);
  });

  it('is read again when a part is changed, replaced or made', async () => {
    const opened = open();
    workspace.write('two.crisol.yaml', DEEPER.replace('live', 'changed'));
    await settled(() => changes === 1);
    expect(opened.model?.endpoints[0]?.name).toBe('changed');
    workspace.write('parts/draft', PART.replace('one:', 'renamed:'));
    renameSync(workspace.path('parts/draft'), workspace.path('parts/one.crisol.yaml'));
    await settled(() => changes === 2);
    expect(opened.model?.steps[0]?.name).toBe('renamed');
    workspace.write('crisol.yaml', MAIN.replace('parts/one', 'new/folder/one'));
    await settled(() => changes === 3);
    expect(opened.problem).toMatch(/^crisol.yaml, line 3: There is no file `new\/folder\/one.crisol.yaml`/);
    expect(opened.model?.steps[0]?.name).toBe('renamed');
    workspace.write('new/folder/one.crisol.yaml', PART);
    await settled(() => opened.problem === null);
    expect(opened.model?.steps.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it.each([
    ['a part is broken', 'two.crisol.yaml', 'steps: [', /^two.crisol.yaml, line 1: /],
    [
      'a step is there twice',
      'two.crisol.yaml',
      'steps: {one: {run: echo}, two: {run: echo, outs: x}}',
      /^two.crisol.yaml, line 1: .*a step `one`/,
    ],
    ['a name leads nowhere', 'two.crisol.yaml', 'steps: {}', /^parts\/one.crisol.yaml, line 3: .*no step `two`/],
  ])('cannot run while %s, and says in which file', (_what, path, text, problem) => {
    workspace.write(path, text);
    const opened = open();
    expect(opened.problem).toMatch(problem);
    expect(() => opened.plan()).toThrow(expect.objectContaining({ code: 'PIPELINE_FILE_INVALID' }));
  });

  it('takes no part from behind a link out of its folder', () => {
    rmSync(workspace.path('two.crisol.yaml'));
    symlinkSync('/etc/hostname', workspace.path('two.crisol.yaml'));
    expect(open().problem).toMatch(/two.crisol.yaml` leads out of the project/);
  });
});

it('says which steps wait for each other in a circle', () => {
  const text = 'version: 1\nname: c\nsteps:\n  a: {run: x, needs: [b]}\n  b: {run: x, needs: [a]}\n';
  workspace.write('crisol.yaml', text);
  expect(() => open().plan()).toThrow(expect.objectContaining({ code: 'PIPELINE_FILE_INVALID' }));
});

it('works in a folder that is gone', () => {
  workspace.write('crisol.yaml', file('first'));
  const opened = open();
  rmSync(workspace.folder, { recursive: true });
  expect(() => opened.plan()).toThrow(/no crisol.yaml/);
});

describe('the environment of the daemon in a plan', () => {
  beforeEach(() => vi.stubEnv('CRISOL_TEST_MODE', 'fast'));
  afterEach(() => vi.unstubAllEnvs());

  const command = (expression: string) => {
    workspace.write('crisol.yaml', file('env', `echo $\{{ ${expression} }}`));
    project?.dispose();
    return open().plan().steps[0]?.work;
  };

  it('is compared by what it holds, and not held by the plan', () => {
    expect(command("env.CRISOL_TEST_MODE == 'fast' && 1 || 2")).toEqual({ kind: 'run', command: 'echo 1' });
    const work = command('env.CRISOL_TEST_MODE');
    expect(work).toMatchObject({ kind: 'run' });
    expect(JSON.stringify(work)).not.toContain('fast');
  });
});

it('of what no file can tell, says where it comes from: nothing is wrong in the file', () => {
  const step = '{run: "echo $' + '{{ env.NOBODY_SET_THIS }}"}';
  workspace.write('crisol.yaml', `version: 1\nsteps: {a: ${step}}\n`);
  expect(() => open().plan()).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_FILE_INVALID',
      message: 'Step a: There is no `env.NOBODY_SET_THIS`.',
      hint: expect.stringMatching(/environment of the daemon.*params/),
    }),
  );
});

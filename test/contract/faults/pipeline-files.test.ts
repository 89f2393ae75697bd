import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../daemon/base/clock.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { waitFor } from '../../support/wait-for.ts';
import { PipelineHouse, reasonOf, states } from '../pipelines/pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

const cached = ({ steps }: PipelineRun) => steps.map((step) => step.cached);

describe('a file that changes while its step runs', () => {
  const YAML = `
steps:
  read: {run: "cat data/in > out; echo more >> data/in", deps: [data], outs: [out]}
`;

  it('is said, and the result is not taken for one of what is there now, nor of what was there before', async () => {
    house = new PipelineHouse(YAML);
    house.workspace.write('data/in', 'one\n');
    const first = await house.run();
    expect(states(first)).toEqual({ read: 'succeeded' });
    expect(first.steps[0]?.note).toMatch(/^its result is not kept, since this changed while it ran: data/);
    house.workspace.write('data/in', 'one\n');
    expect(cached(await house.run())).toEqual([false]);
  });

  it('that nobody writes to any more is good for a result again', async () => {
    house = new PipelineHouse(
      YAML.replace('; echo more >> data/in', '; [ -e done ] || echo more >> data/in; touch done'),
    );
    house.workspace.write('data/in', 'one\n');
    await house.run();
    expect(cached(await house.run())).toEqual([false]);
    expect(cached(await house.run())).toEqual([true]);
    expect(house.workspace.read('out')).toBe('one\nmore\n');
  });

  it('does not end in a result of half its content, however often it is written', async () => {
    house = new PipelineHouse(YAML.replace('; echo more >> data/in', ''));
    house.workspace.write('data/in', 'x'.repeat(3_000_000));
    let writes = 0;
    const writer = setInterval(() => appendFileSync(house.workspace.path('data/in'), `${writes++}`.padEnd(100_000)), 2);
    const run = await house.run().finally(() => clearInterval(writer));
    expect(writes).toBeGreaterThan(0);
    // either it was quiet at the right moments, or it is said
    if (run.state === 'failed') expect(reasonOf(run, 'read')).toMatch(/^data\/in was written to while it was read/);
    const after = await house.run();
    expect(states(after)).toEqual({ read: 'succeeded' });
    expect(house.workspace.read('out')).toBe(house.workspace.read('data/in'));
  });
});

describe('outs that somebody touched behind our back', () => {
  const YAML = `
steps:
  file: {run: "echo ran >> log; cat in > out", deps: [in], outs: [out]}
  folder: {run: "mkdir -p made/deep && cp out made/deep/copy", deps: [out], outs: [made]}
`;
  const OUTSIDE = 'nobody writes here\n';

  it.each<[string, (house: PipelineHouse) => void]>([
    ['deleted', ({ workspace }) => rmSync(workspace.path('made'), { recursive: true })],
    ['edited', ({ workspace }) => workspace.write('made/deep/copy', 'other')],
    ['joined by another', ({ workspace }) => workspace.write('made/deep/another', 'x')],
    [
      'a link in place of a file',
      ({ workspace }) => replaceByLink(workspace.path('out'), workspace.path('outside/file')),
    ],
    ['a link in place of a folder', (it) => replaceByLink(it.workspace.path('made'), it.workspace.path('outside'))],
    ['a link deep inside', (it) => replaceByLink(it.workspace.path('made/deep'), it.workspace.path('outside'))],
    [
      'a folder in place of a file',
      ({ workspace }) => {
        rmSync(workspace.path('out'));
        workspace.write('out/file', 'x');
      },
    ],
  ])('are brought back, and where a link leads to nothing changes: %s', async (_, touch) => {
    house = new PipelineHouse(YAML);
    house.workspace.write('in', 'content\n');
    house.workspace.write('outside/file', OUTSIDE);
    await house.run();
    touch(house);
    const run = await house.run();
    expect([states(run), cached(run)]).toEqual([{ file: 'succeeded', folder: 'succeeded' }, [true, true]]);
    expect(house.workspace.read('out')).toBe('content\n');
    expect(house.workspace.read('made/deep/copy')).toBe('content\n');
    expect(readdirSync(house.workspace.path('made/deep'))).toEqual(['copy']);
    expect(house.workspace.read('log')).toBe('ran\n');
    expect(readdirSync(house.workspace.path('outside'))).toEqual(['file']);
    expect(house.workspace.read('outside/file')).toBe(OUTSIDE);
  });
});

function replaceByLink(path: string, target: string): void {
  rmSync(path, { recursive: true });
  symlinkSync(target, path);
}

describe('names that break careless programs', () => {
  const NAMES = ['two\nlines', `it's "quoted" $(touch taken)`, '-rf', 'ñ'.repeat(127), ' ', '🏆', 'back\\slash'].map(
    (name) => Buffer.from(name),
  );
  const NO_TEXT = Buffer.from([0x66, 0xff, 0xfe, 0x80]);

  it('are kept and brought back byte by byte', async () => {
    house = new PipelineHouse(`
steps:
  copy: {run: cp -r names copies, deps: [names], outs: [copies]}
`);
    const inFolder = (folder: string, name: Buffer) =>
      Buffer.concat([Buffer.from(`${house.workspace.path(folder)}/`), name]);
    const names = [...NAMES, ...(process.platform === 'linux' ? [NO_TEXT] : [])].sort(Buffer.compare);
    mkdirSync(house.workspace.path('names'));
    for (const [at, name] of names.entries()) writeFileSync(inFolder('names', name), `${at}`);
    const first = await house.run();
    expect([reasonOf(first, 'copy'), states(first)]).toEqual([expect.any(String), { copy: 'succeeded' }]);
    rmSync(house.workspace.path('copies'), { recursive: true });
    expect(cached(await house.run())).toEqual([true]);
    const found = readdirSync(house.workspace.path('copies'), { encoding: 'buffer' }).sort(Buffer.compare);
    expect(found).toEqual(names);
    for (const name of names) expect(statSync(inFolder('copies', name)).size).toBe(1);
    expect(house.workspace.has('taken')).toBe(false);
    writeFileSync(inFolder('names', names[3] ?? NO_TEXT), 'edited');
    const changed = await house.run();
    expect(cached(changed)).toEqual([false]);
    expect(reasonOf(changed, 'copy')).toMatch(/^names.* changed/);
  });
});

describe('a clock that jumps', () => {
  it.each([-3_600_000, 3_600_000, -2 * 365 * 86_400_000])(
    'by %i ms makes no result wrong and no time negative',
    async (jump) => {
      let shift = 0;
      const clock = { ...systemClock, now: () => systemClock.now() + shift };
      house = new PipelineHouse(
        `
steps:
  a: {run: "touch up; until [ -e go ]; do sleep 0.02; done; cat in > out", deps: [in], outs: [out]}
  b: {run: cat out > end, deps: [out], outs: [end], retry: {limit: 1, backoff: 10ms}}
`,
        undefined,
        clock,
      );
      house.workspace.write('in', 'one');
      const { run_id } = await house.pipelines.start({});
      await waitFor(() => house.workspace.has('up'));
      shift = jump;
      house.workspace.write('go', '');
      const run = await house.ended(run_id);
      expect(states(run)).toEqual({ a: 'succeeded', b: 'succeeded' });
      for (const { seconds } of run.steps) expect(seconds).toBeGreaterThanOrEqual(0);
      expect(cached(await house.run())).toEqual([true, true]);
      house.workspace.write('in', 'two');
      shift = 0;
      expect(cached(await house.run())).toEqual([false, false]);
      expect(house.workspace.read('end')).toBe('two');
      expect(cached(await house.run())).toEqual([true, true]);
    },
  );
});

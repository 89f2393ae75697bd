import { rmSync, symlinkSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { openCache, train } from './room.ts';

const prepare: PlannedStep = { ...train, name: 'prepare', reads: ['data.csv'], writes: ['build/clean'], params: [] };
const fit: PlannedStep = { ...train, name: 'fit', reads: ['build/clean', 'src'], writes: ['model'], params: ['l2'] };

const small = fc.integer({ min: 0, max: 2 });
const happening = fc.oneof(
  fc.record({ kind: fc.constantFrom('data', 'code', 'param', 'version'), to: small }),
  fc.record({ kind: fc.constantFrom('delete', 'edit', 'link'), to: fc.constantFrom('build/clean', 'model') }),
  fc.constant({ kind: 'run' as const, to: 0 }),
  fc.constant({ kind: 'fail' as const, to: 0 }),
);

/** Whatever happens between two runs: each run leaves the outs that a run of everything would have left. */
it('C3, C4: after a run outs are what they would be without any cache, and what was seen before is not carried out again', async () => {
  const room = openCache();
  const { workspace } = room;
  const made = new Set<string>();
  let fails = 0;
  const world = { l2: 0, command: 'v0' };
  const expected = () => {
    const clean = `clean of ${workspace.read('data.csv')}`;
    return { 'build/clean': clean, model: `${world.command} ${world.l2} ${workspace.read('src/train.py')} ${clean}` };
  };
  const carryOut = async (step: PlannedStep, content: string) => {
    const params = { l2: world.l2 };
    const now = { ...step, work: { kind: 'run', command: world.command } } as const;
    const { state } = await room.state(now, params);
    const [out = ''] = step.writes;
    if (state === 'changed') {
      // the same was never made before
      expect(made).not.toContain(`${out}: ${world.command} ${content}`);
      made.add(`${out}: ${world.command} ${content}`);
      expect(await room.run(now, () => workspace.write(out, content), params)).toMatchObject({ kind: 'kept' });
    } else {
      await room.restore(now, params);
    }
    expect(workspace.read(out)).toBe(content);
  };
  const happen: Record<string, (to: number | string) => void | Promise<void>> = {
    data: (to) => workspace.write('data.csv', `data ${to}`),
    code: (to) => workspace.write('src/train.py', `code ${to}`),
    param(to) {
      world.l2 = Number(to);
    },
    version(to) {
      world.command = `v${to}`;
    },
    delete: (to) => rmSync(workspace.path(String(to)), { force: true }),
    edit: (to) => workspace.write(String(to), 'by hand'),
    link(to) {
      rmSync(workspace.path(String(to)), { force: true });
      workspace.write('elsewhere', 'by hand');
      if (workspace.has('build') || to === 'model')
        symlinkSync(workspace.path('elsewhere'), workspace.path(String(to)));
    },
    async run() {
      await carryOut(prepare, expected()['build/clean']);
      await carryOut(fit, expected().model);
    },
    async fail() {
      await room.cache.makeRoom(fit, `${room.aside()}/before-${++fails}`);
      workspace.write('model', 'half');
      await room.cache.abandon(fit, `${room.aside()}/half-${fails}`);
    },
  };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
        // what a person or another program linked to is not theirs to write through
        rmSync(workspace.path('model'), { force: true });
        rmSync(workspace.path('build'), { recursive: true, force: true });
        for (const { kind, to } of happenings) await happen[kind]?.(to);
        await happen.run?.(0);
        if (workspace.has('elsewhere')) expect(workspace.read('elsewhere')).toBe('by hand');
      }),
      { numRuns: 60 },
    );
  } finally {
    await room.close();
  }
});

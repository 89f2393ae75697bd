import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Room } from './room.ts';

const NOW = '2026-11-20T12:00:00Z';
const SECOND = 1000;
const yamlFor = (path: string, more = '') =>
  `datasets: {matches: {path: ${path}}}\non: {data: [{dataset: matches${more}}]}`;

const rooms: Room[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
});

async function open(yaml: string, files: Record<string, string> = { 'data/matches.csv': 'a,b\n1,2\n' }): Promise<Room> {
  const room = await Room.open({ yaml: 'steps: {}', now: NOW });
  rooms.push(room);
  for (const [path, content] of Object.entries(files)) room.workspace.write(path, content);
  await room.configure(yaml);
  await looked(room);
  return room;
}

/** It reads the disk, which takes as long as it takes. */
const looked = (room: Room) => waitFor(() => room.triggers.list().triggers[0] && room.hasContent('data/matches'));

/** The system tells of a change in its own time; then it has to be quiet for a while by the clock. */
async function stirred(room: Room): Promise<void> {
  await waitFor(() => room.clock.waiting > 0, { what: 'the change to be noticed' });
  await room.turns(100);
}

/** It is quiet by the clock, and the data are read; unless a run is under way. */
async function settled(room: Room): Promise<void> {
  const { looks } = room;
  await stirred(room);
  await room.pass(3 * SECOND, SECOND);
  if (!room.runs.busy()) await waitFor(() => room.looks > looks, { what: 'the data to be read' });
  await room.turns();
}

describe('data that change', () => {
  it.each([
    ['a file', 'data/matches.csv', 'data/matches.csv'],
    ['a folder', 'data', 'data/new/more.csv'],
    ['a glob', 'data/*.csv', 'data/other.csv'],
    ['a deep glob', 'data/**/*.csv', 'data/a/b/other.csv'],
  ])('begin a run: %s', async (_, path, written) => {
    const room = await open(yamlFor(path));
    expect(room.begun()).toEqual([]);
    room.workspace.write(written, 'a,b\n1,3\n');
    await settled(room);
    expect(room.begun()).toHaveLength(1);
    expect(room.runs.begun[0]?.wanted.cause).toMatchObject({ kind: 'data', name: 'data-matches' });
    expect(room.firings('data-matches')).toMatchObject([{ reason: 'matches changed' }]);
  });

  it('are looked at once they are quiet, and begin one run', async () => {
    const room = await open(yamlFor('data'));
    for (let line = 0; line < 5; line++) {
      room.workspace.write('data/matches.csv', `a,b\n1,${line + 5}\n`);
      await stirred(room);
      await room.pass(SECOND, SECOND);
      expect(room.begun()).toEqual([]);
    }
    await settled(room);
    expect(room.begun()).toHaveLength(1);
  });

  it('but hold what they held begin none', async () => {
    const room = await open(yamlFor('data/matches.csv'));
    room.workspace.write('data/matches.csv', 'a,b\n1,2\n');
    await settled(room);
    // away, and back again
    rmSync(room.workspace.path('data/matches.csv'));
    await settled(room);
    room.workspace.write('data/draft.csv', 'a,b\n1,2\n');
    renameSync(room.workspace.path('data/draft.csv'), room.workspace.path('data/matches.csv'));
    await settled(room);
    expect(room.begun()).toEqual([]);
  });

  it('while no daemon was there begin one at the next start', async () => {
    const room = await open(yamlFor('data'));
    room.kill();
    room.workspace.write('data/matches.csv', 'a,b\n1,9\n');
    await room.restart();
    await waitFor(() => room.begun().length === 1);
    room.kill();
    await room.restart();
    await room.turns(100);
    expect(room.begun()).toHaveLength(1);
  });

  it('in a folder that comes only now are found', async () => {
    const room = await open(yamlFor('data/matches.csv'));
    rmSync(room.workspace.path('data'), { recursive: true });
    await settled(room);
    mkdirSync(room.workspace.path('data'));
    await settled(room);
    room.workspace.write('data/matches.csv', 'x\n');
    await settled(room);
    expect(room.begun()).toHaveLength(1);
  });
});

describe('what keeps data from being seen is told', () => {
  const row = (room: Room) => room.triggers.list().triggers[0];
  /** States as whoever follows the list is told of them. */
  const toldBy = (room: Room) => {
    const told: string[] = [];
    room.triggers.changes.on(({ state, reason }) => told.push(`${state}: ${reason}`));
    return told;
  };

  it('where nothing lies any more, until something does; what a step has yet to write is no problem', async () => {
    const room = await open(yamlFor('data/raw'), { 'data/raw/matches.csv': 'x' });
    const told = toldBy(room);
    renameSync(room.workspace.path('data'), room.workspace.path('elsewhere'));
    await settled(room);
    const gone = 'nothing lies at data/raw: it acts once something is there';
    expect(row(room)).toMatchObject({ state: 'problem', reason: gone });
    room.runs.outs = ['data'];
    expect(row(room)).toMatchObject({ state: 'active' });
    room.runs.outs = [];
    renameSync(room.workspace.path('elsewhere'), room.workspace.path('data'));
    await settled(room);
    expect(told).toEqual([`problem: ${gone}`, 'active: ']);
    expect(room.begun()).toEqual([]);
  });

  it('where they cannot be read, which is tried again ever more seldom, and at once when crisol.yaml changes', async () => {
    let isBroken = true;
    const room = await Room.open({
      yaml: 'steps: {}',
      now: NOW,
      contents: {
        async digest(paths) {
          if (isBroken) throw new Error('data may not be read');
          return new Map(paths.map((path) => [path, {}]));
        },
      },
    });
    rooms.push(room);
    room.workspace.write('data/matches.csv', 'x');
    const told = toldBy(room);
    await room.configure(yamlFor('data'));
    const tries = () => room.warnings.length;
    await waitFor(() => tries() === 1);
    for (const [minutes, expected] of [
      [1, 2],
      [1, 2],
      [1, 3],
      [3, 3],
      [1, 4],
    ] as const) {
      await room.pass(minutes * 60 * SECOND, SECOND);
      // a look at real folders takes real time, and the next wait begins after it
      await waitFor(() => tries() >= expected);
      await room.turns(100);
      expect(tries()).toBe(expected);
    }
    expect(told).toEqual(['problem: data may not be read']);
    isBroken = false;
    await room.configure(`${yamlFor('data')}\nname: other`);
    await room.pass(SECOND, SECOND);
    await looked(room);
    expect(told.at(-1)).toBe('active: ');
  });
});

describe('while the pipeline runs', () => {
  it('what changes is looked at when it has ended', async () => {
    const room = await open(yamlFor('data'));
    const own = room.runs.begin();
    room.workspace.write('data/matches.csv', 'a,b\n1,7\n');
    await settled(room);
    expect(room.begun()).toHaveLength(1);
    room.runs.end(own.run_id);
    await room.pass(SECOND);
    await waitFor(() => room.begun().length === 2);
  });

  it('what is half written when it ends is not read before it is whole', async () => {
    const room = await open(yamlFor('data'));
    const { run_id } = room.runs.begin();
    const { looks } = room;
    room.workspace.write('data/matches.csv', '');
    await stirred(room);
    room.runs.end(run_id);
    await room.pass(SECOND, SECOND);
    await room.turns(100);
    expect(room.looks).toBe(looks);
    room.workspace.write('data/matches.csv', 'a,b\n1,2\n');
    await settled(room);
    expect(room.begun()).toHaveLength(1);
  });

  it('what is written while it is read is not taken for what is there', async () => {
    let isWritten = false;
    const digest = async () => {
      // the answer is there before the system has told of it
      if (isWritten) rooms[0]?.workspace.write('data/matches.csv', 'half');
      return new Map([['data', { content: isWritten ? 'half' : 'whole' }]]);
    };
    const room = await Room.open({ yaml: 'steps: {}', now: NOW, contents: { digest } });
    rooms.push(room);
    room.workspace.write('data/matches.csv', 'whole');
    await room.configure(yamlFor('data'));
    await looked(room);
    const { run_id } = room.runs.begin();
    isWritten = true;
    room.runs.end(run_id);
    await room.pass(SECOND, SECOND);
    await waitFor(() => room.looks === 2);
    isWritten = false;
    await settled(room);
    expect(room.begun()).toHaveLength(1);
  });

  it('what its steps write does not begin another one; what somebody else writes later does', async () => {
    const room = await open(yamlFor('data'));
    room.runs.outs = ['data/matches.csv'];
    const own = room.runs.begin();
    room.workspace.write('data/matches.csv', 'a,b\n7,7\n');
    await settled(room);
    room.runs.end(own.run_id);
    await room.pass(SECOND);
    await waitFor(() => room.looks === 2);
    await room.turns();
    expect(room.begun()).toHaveLength(1);
    room.workspace.write('data/matches.csv', 'a,b\n8,8\n');
    await settled(room);
    expect(room.begun()).toHaveLength(2);
  });

  it('in a circle that nobody declared, it waits ever longer and says what to do', async () => {
    const room = await open(yamlFor('data'));
    room.workspace.write('data/matches.csv', 'first');
    await settled(room);
    for (let round = 0; round < 4; round++) {
      expect(room.begun()).toHaveLength(round + 1);
      room.workspace.write('data/matches.csv', `round ${round}`);
      await stirred(room);
      room.runs.endAll();
      await room.pass(3 * SECOND, SECOND);
      await room.turns(200);
      if (round < 3) await waitFor(() => room.begun().length === round + 2);
    }
    // a minute passes before the next
    expect(room.begun()).toHaveLength(4);
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'problem' });
    expect(room.triggers.list().triggers[0]?.reason).toMatch(/name what a step writes in its outs$/);
    await room.pass(60 * SECOND, 20 * SECOND);
    await waitFor(() => room.begun().length === 5);
  });
});

it('a cooldown holds the next run back, and forgets no change', async () => {
  const room = await open(yamlFor('data', ', cooldown: 1h'));
  room.workspace.write('data/matches.csv', 'one');
  await settled(room);
  room.runs.endAll();
  room.workspace.write('data/matches.csv', 'two');
  await stirred(room);
  await room.pass(30 * 60 * SECOND);
  expect(room.begun()).toHaveLength(1);
  await room.pass(31 * 60 * SECOND);
  await waitFor(() => room.begun().length === 2);
});

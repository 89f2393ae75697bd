import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../../daemon/base/random.ts';
import type { Journal } from '../../../../daemon/pipelines/executors/local/journal.ts';
import { readJournal } from '../../../../daemon/pipelines/executors/local/journal.ts';
import { placeOf } from '../../../../daemon/pipelines/executors/local/places.ts';
import { marksOf } from '../../../../daemon/pipelines/executors/mark.ts';
import { isAlive, processes } from '../../../../daemon/pipelines/executors/processes/index.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { supervisorsIn } from './supervisor-of.ts';

const ROUNDS = 24;
/** Rounds mostly wait: so many go on at once. */
const LANES = 2;
const KILLS = 3;
const STEPS = 5;
const EACH_STEP = Array.from({ length: STEPS }, (_, step) => step);
const VICTIMS = ['daemon', 'supervisor', 'step'] as const;
type Victim = (typeof VICTIMS)[number];
const STAND_IN = new URL('stand-in.ts', import.meta.url).pathname;

const next = seededRandom(20260101);
const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];

/** One workspace whose daemon, supervisor and steps are killed as it comes. */
class Round {
  readonly workspace = new TempWorkspace();
  readonly killed: string[] = [];
  private standIn = this.start();

  start(): ChildProcess {
    return spawn(process.execPath, [STAND_IN, this.workspace.folder, String(STEPS)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** False: there is none at this moment. */
  kill(victim: Victim | undefined): void {
    const pid = victim && this.find(victim);
    if (pid === undefined || this.isEnded()) return;
    try {
      process.kill(pid, 'SIGKILL');
      this.killed.push(String(victim));
    } catch {
      // it has just ended
    }
    if (victim === 'daemon') this.standIn = this.start();
  }

  isEnded(): boolean {
    return this.standIn.exitCode !== null || this.standIn.signalCode !== null;
  }

  async ended(): Promise<void> {
    if (!this.isEnded()) await once(this.standIn, 'exit');
  }

  /** The first processes of the steps that run. */
  running(): number[] {
    const last = EACH_STEP.map((step) => this.attempts(step).at(-1));
    return last.flatMap((journal) =>
      journal?.pid && !journal.exit && isAlive(journal.pid, journal.born) ? [journal.pid] : [],
    );
  }

  /** What is known of each attempt of a step, in order. */
  attempts(step: number): Journal[] {
    const found: Journal[] = [];
    for (;;) {
      const journal = readJournal(this.placeOf(step, found.length + 1).journal);
      if (!journal) return found;
      found.push(journal);
    }
  }

  log(step: number, attempt: number): string {
    return this.workspace.read(this.placeOf(step, attempt).log.slice(this.workspace.folder.length + 1));
  }

  dispose(): void {
    this.standIn.kill('SIGKILL');
    this.workspace.dispose();
  }

  private find(victim: Victim): number | undefined {
    if (victim === 'daemon') return this.standIn.pid;
    return any(victim === 'step' ? this.running() : supervisorsIn(this.workspace.path('.state', 'supervisors')));
  }

  private placeOf(step: number, attempt: number) {
    return placeOf(this.workspace.path('.state', 'runs'), `run/s${step}/${attempt}`);
  }
}

/** Kills at instants around those at which something is done. */
async function disturb(round: Round): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await waitFor(() => round.isEnded() || round.running().length > 0, { what: 'something to be done' });
    await setTimeout(next() * 400);
    round.kill(any(VICTIMS));
  }
  await round.ended();
}

function expectTruth(round: Round, step: number): void {
  const attempts = round.attempts(step);
  const last = attempts.at(-1)?.exit;
  // one that was lost is tried again, no other is
  expect(attempts.slice(0, -1).map(({ exit }) => exit?.how)).toEqual(attempts.slice(1).map(() => 'lost'));
  expect(['exited', 'signalled']).toContain(last?.how);
  if (last?.how === 'exited' && last.code === 0) expect(round.log(step, attempts.length)).toBe('begins\nends\n');
}

async function expectNothingLives(round: Round): Promise<void> {
  const instances = new Set(EACH_STEP.flatMap((step) => round.attempts(step).map(({ instance }) => instance)));
  for (const instance of instances) {
    await waitFor(() => processes.find({ leaders: [], mark: marksOf(instance) }).length === 0);
  }
}

/** Answers whom it killed. */
async function oneRound(): Promise<string[]> {
  const round = new Round();
  try {
    await disturb(round);
    expect(readdirSync(round.workspace.folder).filter((name) => name.startsWith('twice'))).toEqual([]);
    for (const step of EACH_STEP) expectTruth(round, step);
    await expectNothingLives(round);
    return round.killed;
  } finally {
    round.dispose();
  }
}

it('whoever is killed at any instant: no step runs twice at once, none is lost silently, nothing lives on', async () => {
  const killed: string[] = [];
  const lane = async () => {
    for (let at = 0; at < ROUNDS / LANES; at++) killed.push(...(await oneRound()));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  // else the kills came too late, or too early, to prove anything
  for (const victim of VICTIMS) expect(killed.filter((one) => one === victim).length, victim).toBeGreaterThan(5);
});

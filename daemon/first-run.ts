/** The run that the daemon was started for begins before the doors are made: one with nothing to do is over by then. */
import { setTimeout } from 'node:timers/promises';
import type { PipelineRun } from '../schemas/wire/pipelines.ts';
import type { FinishedRun } from './life/index.ts';
import type { Rooms } from './rooms.ts';
import type { Starter } from './starter.ts';

/** So long it has the processors for itself; who follows a longer one needs the doors. */
const ALONE_MS = 500;

interface Around {
  starter: Starter;
  /** resolves when a step wants to begin: it logs through the doors */
  stepBegins: Promise<unknown>;
  /** hears how it ended, if it does so before the daemon can be found */
  ended: (run: FinishedRun) => void;
}

/** Undefined: it was not begun, since other work goes on first, or cannot be. Whoever wants it asks again, and is told. */
export async function beginFirstRun(
  { pipelines, sweeps, tracking }: Rooms,
  { starter, stepBegins, ended }: Around,
): Promise<PipelineRun | undefined> {
  if (pipelines.wasInterrupted() || sweeps.wasInterrupted()) return undefined;
  const wanted = await starter.wanted();
  if (!wanted || starter.left.aborted) return undefined;
  const over = Promise.withResolvers<void>();
  const run = await pipelines.start(wanted, { kind: 'manual' }, { asOfStart: true }).catch(() => undefined);
  if (!run) return undefined;
  const tell = (now: PipelineRun) => {
    if (now.run_id !== run.run_id || now.ended_at === null) return;
    listening.dispose();
    ended({ run: now, metrics: tracking.runs.get(now.run_id).metrics });
    over.resolve();
  };
  const listening = pipelines.changes.on(tell);
  tell(pipelines.get(run.run_id));
  const cancel = () => void pipelines.cancel(run.run_id).catch(() => {});
  if (starter.left.aborted) cancel();
  starter.left.addEventListener('abort', cancel);
  await Promise.race([over.promise, stepBegins, setTimeout(ALONE_MS)]);
  return run;
}

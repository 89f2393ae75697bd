import type { Topic } from '../../../schemas/wire/events.ts';
import type { Pipelines } from '../../pipelines/index.ts';
import type { Hub } from '../hub.ts';

/** `log:RUN/STEP`: what a step prints, while somebody follows it. */
export function logTopics({ hub, pipelines }: { hub: Hub; pipelines: Pick<Pipelines, 'logs'> }): void {
  hub.stream(
    'log',
    async (topic) => {
      const { runId, step } = placeOf(topic);
      return { type: 'log/snapshot', topic: `log:${runId}/${step}`, log: await pipelines.logs.end(runId, step) };
    },
    (topic) => {
      const { runId, step } = placeOf(topic);
      return pipelines.logs.follow(runId, step, (log) => hub.publish(topic, { type: 'log/part', log }));
    },
  );
}

/** Names of steps may hold anything, ids of runs no stroke. What is no such topic names a run that there is not. */
function placeOf(topic: Topic): { runId: string; step: string } {
  const [, runId = '', step = ''] = /^log:([^/]*)\/(.*)$/s.exec(topic) ?? [];
  return { runId, step };
}

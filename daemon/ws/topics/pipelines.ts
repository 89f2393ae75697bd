import type { Disposable } from '../../base/disposables.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Pipelines } from '../../pipelines/index.ts';
import type { Hub } from '../hub.ts';

interface PipelineTopicsParts {
  hub: Hub;
  pipelines: Pipelines;
  planChanged: Emitter<void>;
}

export function pipelineTopics({ hub, pipelines, planChanged }: PipelineTopicsParts): Disposable {
  hub.provide('pipelines', () => ({ type: 'pipelines/snapshot', topic: 'pipelines', runs: pipelines.list() }));
  const runs = pipelines.changes.on((run) => hub.publish('pipelines', { type: 'pipelines/run', run }));
  const plan = planChanged.on(() => hub.publish('pipelines', { type: 'pipelines/plan-changed' }));
  return {
    dispose() {
      runs.dispose();
      plan.dispose();
    },
  };
}

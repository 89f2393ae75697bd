import type { Artifacts } from '../../artifacts/index.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Disposables } from '../../base/disposables.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { Hub } from '../hub.ts';
import { Coalescer } from './coalescer.ts';

export interface ArtifactTopicsParts {
  hub: Hub;
  artifacts: Artifacts;
  tracking: Pick<Tracking, 'loggedModels'>;
  clock: Clock;
}

interface Changed {
  paths: Set<string>;
  models: Set<string>;
}

/** `1/RUN/artifacts/model/MLmodel`, or `1/models/m-…/artifacts/MLmodel`; experiments may lie deeper. */
const PLACE = /(?:^|\/)(?:models\/(m-[0-9a-f]{32})|([0-9a-f]{32}))\/artifacts(?:\/(.*))?$/;

/** On `run:ID`: which of its files are new, other or gone, and of which models that it logged. */
export function artifactTopics({ hub, artifacts, tracking, clock }: ArtifactTopicsParts): Disposable {
  let runs = new Map<string, Changed>();
  const following = new Disposables();
  const burst = following.add(
    new Coalescer(clock, () => {
      const ready = runs;
      runs = new Map();
      for (const [run_id, { paths, models }] of ready) {
        hub.publish(`run:${run_id}`, { type: 'run/artifacts', run_id, paths: [...paths], model_ids: [...models] });
      }
      return false;
    }),
  );
  following.add(artifacts.changes.on(note));
  return following;

  function note(changed: string): void {
    const [, model, run, path = ''] = PLACE.exec(changed) ?? [];
    const runId = model === undefined ? run : tracking.loggedModels.find(model)?.source_run_id;
    // a model may be of no run
    if (!runId) return;
    const ofRun = runs.get(runId) ?? { paths: new Set(), models: new Set() };
    runs.set(runId, ofRun);
    if (model === undefined) ofRun.paths.add(path);
    else ofRun.models.add(model);
    burst.changed();
  }
}

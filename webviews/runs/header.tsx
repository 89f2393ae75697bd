import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatDuration } from '../../schemas/duration.ts';
import type { RunOrigin } from '../../schemas/panels/run-details.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { RunDetail } from '../../schemas/wire/tracking.ts';
import { agoChangesIn, formatAgo, formatMoment } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { Button } from '../shared/toolkit.ts';
import { useNow } from '../shared/use-now.ts';
import { runLook, StateMark } from '../shared/work-state.tsx';
import { Badges } from './badges.tsx';
import type { RunsLook } from './look.ts';
import { StepStrip } from './step-strip.tsx';
import { GIT_TAGS, Tags } from './tags.tsx';

const SECOND_MS = 1000;

export interface RunHeaderProps {
  run: RunDetail;
  /** what its steps do, when it is a pipeline's */
  pipeline: PipelineRun | null;
  /** what ran, once it is known */
  origin: RunOrigin | null;
  host: Host<FromRunsPanel, RunsLook>;
}

export function RunHeader({ run, pipeline, origin, host }: RunHeaderProps): VNode {
  const now = useNow((at) => (run.ended_at === null ? SECOND_MS : agoChangesIn(run.started_at, at)));
  // what is known of what ran grows while it runs
  useEffect(() => host.post({ type: 'runs/read-origin' }), [run.run_id, run.state]);
  return (
    <header class="head">
      <h1>{run.name || run.run_id}</h1>
      <div class="head-facts">
        <StateMark {...runLook(run.state, run.pruned_step)} />
        <span title="Duration">{formatDuration((run.ended_at ?? now) - run.started_at)}</span>
        <span title={formatMoment(run.started_at)}>started {formatAgo(run.started_at, now)}</span>
        <span>
          in <b>{run.experiment_name}</b>
        </span>
        {run.user ? <span>by {run.user}</span> : null}
        <Button
          look="icon"
          title="Copy the run's id"
          label={`Copy the run's id ${run.run_id}`}
          onPress={() => host.post({ type: 'copy', text: run.run_id, what: "the run's id" })}
        >
          <code>{run.run_id.slice(0, 8)}</code>
        </Button>
      </div>
      {pipeline ? <StepStrip pipeline={pipeline} now={now} /> : null}
      <Badges origin={origin} onOpen={() => host.keep({ tab: 'code' })} />
      <Tags tags={run.tags} besides={origin?.source.git?.commit ? GIT_TAGS : []} />
    </header>
  );
}

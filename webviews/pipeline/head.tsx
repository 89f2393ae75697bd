import type { VNode } from 'preact';
import { formatDuration } from '../../schemas/duration.ts';
import { isUnderWay } from '../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { formatAgo, formatMoment } from '../shared/format.ts';
import { Button, Dropdown } from '../shared/toolkit.ts';
import { lookOf, WorkStateMark } from '../shared/work-state.tsx';
import type { PipelineContext } from './context.ts';
import type { OnPath } from './model/picture.ts';
import { pathWords, runWords } from './model/words.ts';

export interface HeadProps {
  name: string;
  runs: readonly PipelineRun[];
  context: PipelineContext;
  onPath: OnPath;
}

export function Head({ name, runs, context, onPath }: HeadProps): VNode {
  const { picture, look, host } = context;
  const { run } = picture;
  return (
    <header class="head">
      <div class="title">
        <h1>{name}</h1>
        {runs.length > 0 ? <RunChoice runs={runs} context={context} /> : null}
        <Button
          title={look.as === 'table' ? 'The steps and what they wait for' : 'The same, to be read line by line'}
          onPress={() => host.keep({ as: look.as === 'table' ? 'graph' : 'table' })}
        >
          {look.as === 'table' ? 'Graph' : 'Table'}
        </Button>
        <RunButton run={run} context={context} />
      </div>
      {run ? <RunFacts run={run} context={context} /> : <p class="muted">Not run yet.</p>}
      {onPath.path ? <p class="critical-path">{pathWords(onPath.path)}</p> : null}
    </header>
  );
}

const NEWEST = '';

function RunChoice({
  runs,
  context: { look, host, now },
}: {
  runs: readonly PipelineRun[];
  context: PipelineContext;
}): VNode {
  const each = runs.map(({ run_id, name, state, started_at }) => ({
    value: run_id,
    text: `${lookOf(state).sign} ${name} · ${formatAgo(started_at, now)}`,
  }));
  return (
    <Dropdown
      label="Which run to show"
      value={look.run ?? NEWEST}
      choices={[{ value: NEWEST, text: 'Newest' }, ...each]}
      onChoose={(run) => host.keep({ run: run === NEWEST ? null : run })}
    />
  );
}

function RunButton({ run, context: { host } }: { run: PipelineRun | undefined; context: PipelineContext }): VNode {
  if (run && isUnderWay(run.state))
    return <Button onPress={() => host.post({ type: 'pipeline/cancel', run_id: run.run_id })}>Cancel run</Button>;
  return (
    <Button look="primary" onPress={() => host.post({ type: 'pipeline/start', step: null, onward: false })}>
      Run pipeline
    </Button>
  );
}

function RunFacts({ run, context: { host, now } }: { run: PipelineRun; context: PipelineContext }): VNode {
  return (
    <div class="head-facts">
      <WorkStateMark state={run.state} />
      <span title="Duration">{formatDuration((run.ended_at ?? now) - run.started_at)}</span>
      <span role="status">{runWords(run)}</span>
      <span title={formatMoment(run.started_at)}>started {formatAgo(run.started_at, now)}</span>
      <button type="button" class="link" onClick={() => host.post({ type: 'pipeline/open-run', run_id: run.run_id })}>
        {run.name}
      </button>
    </div>
  );
}

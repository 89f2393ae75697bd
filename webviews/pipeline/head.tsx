import type { VNode } from 'preact';
import { formatDuration } from '../../schemas/duration.ts';
import { isUnderWay } from '../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { formatAgo, formatMoment } from '../shared/format.ts';
import { Button, Dropdown } from '../shared/toolkit.ts';
import { lookOf, WorkStateMark } from '../shared/work-state.tsx';
import { Announced } from './announced.tsx';
import type { PipelineContext } from './context.ts';
import type { OnPath } from './model/picture.ts';
import { newsOf } from './model/spoken.ts';
import { pathWords, runWords } from './model/words.ts';

export interface HeadProps {
  name: string;
  runs: readonly PipelineRun[];
  context: PipelineContext;
  onPath: OnPath;
}

export function Head({ name, runs, context, onPath }: HeadProps): VNode {
  const { picture } = context;
  const { run } = picture;
  return (
    <header class="head">
      <div class="title">
        <h1>{name}</h1>
        {runs.length > 0 ? <RunChoice runs={runs} context={context} /> : null}
        {picture.groups.length > 0 ? (
          <>
            <LookButton context={context} />
            <RunButton run={run} context={context} />
          </>
        ) : null}
      </div>
      {run ? <RunFacts run={run} context={context} /> : <p class="muted">Not run yet.</p>}
      {run ? <Announced news={newsOf(run)} /> : null}
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

function LookButton({ context: { look, host } }: { context: PipelineContext }): VNode {
  const isTable = look.as === 'table';
  return (
    <Button
      title={isTable ? 'The steps and what they wait for' : 'The same, to be read line by line'}
      onPress={() => host.keep({ as: isTable ? 'graph' : 'table' })}
    >
      {isTable ? 'Graph' : 'Table'}
    </Button>
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
      <span>{runWords(run)}</span>
      <span title={formatMoment(run.started_at)}>started {formatAgo(run.started_at, now)}</span>
      <button type="button" class="link" onClick={() => host.post({ type: 'pipeline/open-run', run_id: run.run_id })}>
        {run.name}
      </button>
    </div>
  );
}

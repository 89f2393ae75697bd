import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PipelinePlan } from '../../schemas/panels/pipeline.ts';
import { isMissing, placeIn } from '../../schemas/pipelines/file-problem.ts';
import { isUnderWay } from '../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { agoChangesIn } from '../shared/format.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { Button } from '../shared/toolkit.ts';
import { useNow } from '../shared/use-now.ts';
import type { PipelineHost } from './context.ts';
import { Details } from './details/details.tsx';
import { Graph } from './graph/graph.tsx';
import { Head } from './head.tsx';
import type { Finding } from './model/finding.ts';
import { hitsOf } from './model/finding.ts';
import type { Picture } from './model/picture.ts';
import { onPath, pictureOf } from './model/picture.ts';
import type { PipelineState } from './state.ts';
import { StepTable } from './table.tsx';

const SECOND_MS = 1000;

export function App({ state: { value: state }, host }: { state: Signal<PipelineState>; host: PipelineHost }): VNode {
  const { plan } = state;
  return (
    <Shell connection={state.connection} problem={state.problem} onStart={() => host.post({ type: 'start-daemon' })}>
      {plan ? <Content plan={plan} runs={state.runs} host={host} /> : <Loading what="Loading the pipeline…" />}
    </Shell>
  );
}

function Content({
  plan,
  runs,
  host,
}: {
  plan: PipelinePlan;
  runs: readonly PipelineRun[];
  host: PipelineHost;
}): VNode {
  const look = host.look.value;
  const picture = useMemo(() => pictureOf({ plan, runs }, look.run), [plan, runs, look.run]);
  const { run } = picture;
  const now = useNow((at) => (run ? (isUnderWay(run.state) ? SECOND_MS : agoChangesIn(run.started_at, at)) : Infinity));
  const finding = useFinding(picture);
  const context = { picture, look, host, now, finding };
  const path = onPath(picture, now);
  // a folder whose scripts only log has no pipeline, which is no mistake
  const hasNothing = picture.groups.length === 0 && plan.problem !== null && isMissing(plan.problem);
  return (
    <>
      <Head name={plan.name ?? run?.pipeline ?? 'Pipeline'} runs={runs} context={context} onPath={path} />
      {plan.problem === null || hasNothing ? null : <FileProblem problem={plan.problem} host={host} />}
      {picture.groups.length === 0 ? (
        <NoSteps problem={plan.problem} host={host} />
      ) : (
        <div class="stage">
          {look.as === 'table' ? (
            <StepTable context={context} onPath={path} />
          ) : (
            <Graph context={context} onPath={path} />
          )}
          <Details context={context} onPath={path} />
        </div>
      )}
    </>
  );
}

function useFinding(picture: Picture): Finding {
  const [words, look] = useState('');
  return { words, look, hits: useMemo(() => hitsOf(picture.byStep.values(), words), [picture, words]) };
}

/** What the last run did stays to be seen below it. */
function FileProblem({ problem, host }: { problem: string; host: PipelineHost }): VNode {
  const place = placeIn(problem);
  const where = place ? `${place.path}, line ${place.line}` : 'crisol.yaml';
  return (
    <div class="problem" role="alert">
      <div>{problem.replaceAll(/`([^`\n]+)`/g, '“$1”')}</div>
      <div>
        <Button onPress={() => host.post({ type: 'pipeline/open-file' })}>
          {isMissing(problem) ? CREATE : `Open ${where}`}
        </Button>
      </div>
    </div>
  );
}

const CREATE = 'Create crisol.yaml';

function NoSteps({ problem, host }: { problem: string | null; host: PipelineHost }): VNode | null {
  if (problem !== null && !isMissing(problem)) return null;
  return (
    <Empty>
      {problem ?? 'crisol.yaml has no steps yet.'}
      <Button look="primary" onPress={() => host.post({ type: 'pipeline/open-file' })}>
        {problem === null ? 'Open crisol.yaml' : CREATE}
      </Button>
    </Empty>
  );
}

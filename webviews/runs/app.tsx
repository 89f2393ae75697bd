import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { RunDetail } from '../../schemas/wire/tracking.ts';
import type { Host } from '../shared/host.ts';
import { lineStyle } from '../shared/palette.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import type { Tab } from '../shared/toolkit.ts';
import { Button, Tabs } from '../shared/toolkit.ts';
import { ArtifactsTab } from './artifacts/tab.tsx';
import { ChartsTab } from './charts-tab.tsx';
import { CodeTab } from './code/tab.tsx';
import type { RunsContext } from './context.ts';
import { RunHeader } from './header.tsx';
import { LogsTab } from './logs-tab.tsx';
import type { RunsLook } from './look.ts';
import { ParamsTab } from './params-tab.tsx';
import { ResultsTab } from './results-tab.tsx';
import type { RunsState } from './state.ts';
import { failedStep } from './state.ts';

export function App(props: { state: Signal<RunsState>; host: Host<FromRunsPanel, RunsLook> }): VNode {
  const state = props.state.value;
  return (
    <Shell
      connection={state.connection}
      problem={state.problem}
      onStart={() => props.host.post({ type: 'start-daemon' })}
    >
      <Content state={state} host={props.host} />
    </Shell>
  );
}

function Content({ state, host }: { state: RunsState; host: Host<FromRunsPanel, RunsLook> }): VNode {
  const { run, wantedLog } = state;
  useEffect(() => {
    if (wantedLog) host.keep({ tab: 'logs' });
  }, [wantedLog]);
  if (!run?.known) return <Loading what="Loading the run…" />;
  if (!run.run) return <Gone deleted={run.deleted === true} host={host} />;
  const { look } = host;
  const context: RunsContext = { run, style: lineStyle(0, theme.value.kind), look: look.value, host };
  return (
    <>
      <RunHeader run={run.run} pipeline={state.pipeline} origin={state.details.origin} host={host} />
      <Tabs
        label="What to show of the run"
        tabs={tabsOf(context, run.run, state)}
        open={look.value.tab ?? (failedStep(state.pipeline) ? 'logs' : 'charts')}
        onOpen={(tab) => host.keep({ tab })}
      />
    </>
  );
}

function Gone({ deleted, host }: { deleted: boolean; host: Host<FromRunsPanel, RunsLook> }): VNode {
  if (!deleted) return <Empty>There is no such run any more. Choose another one in the view Experiments.</Empty>;
  return (
    <Empty>
      This run was deleted. It can be restored until crisol gc removes it for good.
      <Button look="primary" onPress={() => host.post({ type: 'runs/restore' })}>
        Restore run
      </Button>
    </Empty>
  );
}

function tabsOf(context: RunsContext, run: RunDetail, { pipeline, logs, wantedLog, details }: RunsState): Tab[] {
  const { host } = context;
  const steps = (of: PipelineRun): Tab => ({
    id: 'logs',
    title: 'Steps and logs',
    content: () => <LogsTab pipeline={of} logs={logs} wanted={wantedLog} host={host} />,
  });
  return [
    { id: 'charts', title: 'Charts', content: () => <ChartsTab context={context} /> },
    { id: 'params', title: 'Params', content: () => <ParamsTab context={context} /> },
    { id: 'results', title: 'Results', content: () => <ResultsTab context={context} /> },
    { id: 'artifacts', title: 'Artifacts', content: () => <ArtifactsTab run={run} details={details} host={host} /> },
    ...(pipeline ? [steps(pipeline)] : []),
    { id: 'code', title: 'Code', content: () => <CodeTab details={details} host={host} /> },
  ];
}

import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { Host } from '../shared/host.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import type { Tab } from '../shared/toolkit.ts';
import { Tabs } from '../shared/toolkit.ts';
import { ArtifactsTab } from './artifacts/tab.tsx';
import { ChartsTab } from './charts-tab.tsx';
import { CodeTab } from './code/tab.tsx';
import type { RunsContext } from './context.ts';
import { CompareHeader, RunHeader } from './header.tsx';
import { LogsTab } from './logs-tab.tsx';
import type { RunsLook } from './look.ts';
import { distinctNames } from './names.ts';
import { baselineFirst } from './order.ts';
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
  if (!state.runs || state.runs.some(({ known }) => !known)) return <Loading what="Loading the run…" />;
  const { look } = host;
  const { runs, styles } = baselineFirst(state.runs, look.value.baseline, theme.value.kind);
  if (runs.length === 0) {
    return <Empty>There is no such run any more. Choose another one in the view Experiments.</Empty>;
  }
  const context: RunsContext = { runs, names: distinctNames(runs), styles, look: look.value, host };
  const [single] = runs;
  return (
    <>
      {runs.length === 1 && single?.run ? (
        <RunHeader run={single.run} pipeline={state.pipeline} origin={state.details.origin} host={host} />
      ) : (
        <CompareHeader context={context} missing={state.runs.length - runs.length} />
      )}
      <Tabs
        label="What to show of the run"
        tabs={tabsOf(context, state)}
        open={look.value.tab ?? (failedStep(state.pipeline) ? 'logs' : 'charts')}
        onOpen={(tab) => host.keep({ tab })}
      />
    </>
  );
}

function tabsOf(context: RunsContext, state: RunsState): Tab[] {
  const tabs: Tab[] = [
    { id: 'charts', title: 'Charts', content: () => <ChartsTab context={context} /> },
    { id: 'params', title: 'Params', content: () => <ParamsTab context={context} /> },
    { id: 'results', title: 'Results', content: () => <ResultsTab context={context} /> },
  ];
  const [only] = context.runs;
  const { details } = state;
  if (only?.run && context.runs.length === 1) {
    const { run } = only;
    const artifacts = () => <ArtifactsTab run={run} details={details} host={context.host} />;
    tabs.push({ id: 'artifacts', title: 'Artifacts', content: artifacts });
  }
  const pipeline = state.pipeline;
  if (pipeline && context.runs.length === 1) {
    const content = () => <LogsTab pipeline={pipeline} logs={state.logs} host={context.host} />;
    tabs.push({ id: 'logs', title: 'Steps and logs', content });
  }
  if (context.runs.length === 1) {
    tabs.push({ id: 'code', title: 'Code', content: () => <CodeTab details={details} host={context.host} /> });
  }
  return tabs;
}

import type { VNode } from 'preact';
import { formatDuration } from '../../schemas/duration.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { RunDetail } from '../../schemas/wire/tracking.ts';
import { Swatch } from '../shared/chart/legend.tsx';
import { formatAgo, formatMoment } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { Button } from '../shared/toolkit.ts';
import { useNow } from '../shared/use-now.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import type { RunsContext } from './context.ts';
import type { RunsLook } from './look.ts';

export function RunHeader({ run, host }: { run: RunDetail; host: Host<FromRunsPanel, RunsLook> }): VNode {
  const now = useNow(run.ended_at === null);
  return (
    <header class="head">
      <h1>{run.name || run.run_id}</h1>
      <div class="head-facts">
        <WorkStateMark state={run.state} />
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
      <Tags tags={run.tags} />
    </header>
  );
}

/** MLflow's own tags hold what the line above already says; of them only the commit is news. */
function Tags({ tags }: { tags: RunDetail['tags'] }): VNode | null {
  const commit = tags.find(({ key }) => key === 'mlflow.source.git.commit');
  const own = tags.filter(({ key }) => !key.startsWith('mlflow.'));
  const shown = commit ? [{ key: 'commit', value: commit.value.slice(0, 8) }, ...own] : own;
  if (shown.length === 0) return null;
  return (
    <ul class="tags" aria-label="Tags">
      {shown.map(({ key, value }) => (
        <li key={key} title={`${key}: ${value}`}>
          <span class="tag-key">{key}</span> {value}
        </li>
      ))}
    </ul>
  );
}

export function CompareHeader({ context, missing }: { context: RunsContext; missing: number }): VNode {
  const { runs, names, styles, host } = context;
  return (
    <header class="head">
      <h1>Comparing {runs.length} runs</h1>
      <ul class="legend" aria-label="Runs">
        {runs.map(({ run, run_id }, at) => (
          <li key={run_id}>
            {styles[at] ? <Swatch style={styles[at]} /> : null}
            <button
              type="button"
              class="link"
              title="Open this run"
              onClick={() => host.post({ type: 'runs/open', run_id })}
            >
              {names[at]}
            </button>
            {run ? <WorkStateMark state={run.state} /> : null}
            {at === 0 ? <span class="muted">baseline</span> : null}
          </li>
        ))}
      </ul>
      {missing > 0 ? <div class="muted">{missing} of the runs no longer exist.</div> : null}
    </header>
  );
}

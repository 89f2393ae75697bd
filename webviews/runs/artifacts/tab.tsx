import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { artifactKind } from '../../../schemas/panels/artifact-kinds.ts';
import { shownPath } from '../../../schemas/panels/artifact-paths.ts';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import type { RunDetail } from '../../../schemas/wire/tracking.ts';
import type { Host } from '../../shared/host.ts';
import { Empty, Loading, Problem } from '../../shared/states.tsx';
import { Button, TextField } from '../../shared/toolkit.ts';
import type { DetailsState } from '../details-state.ts';
import type { RunsLook } from '../look.ts';
import { Preview } from './preview.tsx';
import { found, treeRows } from './rows.ts';
import { ArtifactTree } from './tree.tsx';

export interface ArtifactsProps {
  run: RunDetail;
  details: DetailsState;
  host: Host<FromRunsPanel, RunsLook>;
}

const FILTER_FROM = 12;

export function ArtifactsTab({ run, details, host }: ArtifactsProps): VNode {
  const { folders } = details;
  const { openFolders, artifact } = host.look.value;
  const list = (folder: string) => host.post({ type: 'runs/list-artifacts', folder });
  const listAll = () => {
    for (const folder of ['', ...openFolders]) list(folder);
  };
  useEffect(listAll, [run.run_id]);
  const top = folders.get('');
  if (!top) return <Loading what="Loading the artifacts…" />;
  if (!top.entries) {
    return (
      <div class="tab">
        {top.problem ? <Problem problem={top.problem} /> : null}
        <Button onPress={listAll}>Try again</Button>
      </div>
    );
  }
  if (top.entries.length === 0) {
    return (
      <Empty>
        {run.ended_at === null
          ? 'No artifacts yet. They appear here as they are logged.'
          : 'No artifacts were logged. A script logs them with mlflow.log_artifact(path).'}
      </Empty>
    );
  }
  return (
    <div class="tab artifacts">
      <Files details={details} host={host} onList={list} />
      {artifact === null ? (
        <Empty>Choose a file to look at it.</Empty>
      ) : (
        <Chosen key={artifact} path={artifact} details={details} host={host} />
      )}
    </div>
  );
}

interface FilesProps extends Omit<ArtifactsProps, 'run'> {
  onList: (folder: string) => void;
}

function Files({ details: { folders }, host, onList }: FilesProps): VNode {
  const [filter, setFilter] = useState('');
  const { openFolders, artifact } = host.look.value;
  const known = [...folders.values()].reduce((sum, { entries }) => sum + (entries?.length ?? 0), 0);
  const rows = filter.trim() === '' ? treeRows(folders, new Set(openFolders)) : found(folders, filter);
  const toggle = (folder: string) => {
    const isOpen = openFolders.includes(folder);
    host.keep({ openFolders: isOpen ? openFolders.filter((one) => one !== folder) : [...openFolders, folder] });
    if (!isOpen) onList(folder);
  };
  return (
    <section class="artifact-files" aria-label="Files">
      {known >= FILTER_FROM ? (
        <div class="toolbar">
          <TextField
            value={filter}
            placeholder={`Filter ${known.toLocaleString('en')} names`}
            label="Filter artifacts by path, in folders that were opened"
            onInput={setFilter}
          />
        </div>
      ) : null}
      {rows.length === 0 ? <Empty>No artifact has this in its path.</Empty> : null}
      {rows.length > 0 ? (
        <ArtifactTree
          // another list begins at its top
          key={filter.trim()}
          rows={rows}
          chosen={artifact}
          onToggle={toggle}
          onChoose={(path) => host.keep({ artifact: path })}
        />
      ) : null}
    </section>
  );
}

function Chosen({ path, details, host }: { path: string } & Omit<ArtifactsProps, 'run'>): VNode {
  const ask = (insist: boolean) => host.post({ type: 'runs/preview-artifact', path, insist });
  useEffect(() => ask(false), [path]);
  const preview = details.preview?.path === path ? details.preview.preview : null;
  const isMarkdown = artifactKind(path) === 'markdown';
  return (
    <section class="artifact-preview" aria-label={`Preview of ${shownPath(path)}`}>
      <div class="toolbar">
        <h2>{shownPath(path)}</h2>
        <span class="spring" />
        {preview?.kind === 'too-large' && preview.showable ? (
          <Button onPress={() => ask(true)}>Show anyway</Button>
        ) : null}
        {preview?.kind === 'failed' ? <Button onPress={() => ask(false)}>Try again</Button> : null}
        {isMarkdown ? (
          <Button onPress={() => host.post({ type: 'runs/open-artifact', path, rendered: true })}>Open preview</Button>
        ) : null}
        <Button onPress={() => host.post({ type: 'runs/open-artifact', path, rendered: false })}>Open in editor</Button>
        <Button onPress={() => host.post({ type: 'runs/save-artifact', path })}>Save as…</Button>
      </div>
      {preview ? <Preview path={path} preview={preview} /> : <Loading what="Loading the file…" />}
    </section>
  );
}

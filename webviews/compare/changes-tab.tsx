import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Aspect } from '../../schemas/panels/compare.ts';
import { Breakable } from '../shared/breakable.tsx';
import { formatCount } from '../shared/format.ts';
import { Empty, Loading } from '../shared/states.tsx';
import { Button, Dropdown } from '../shared/toolkit.ts';
import type { CompareContext } from './context.ts';
import { byName } from './header.tsx';
import type { ChangeGroup } from './model/changes.ts';
import { whatChanged } from './model/changes.ts';
import type { Item } from './model/items.ts';

/** Two runs, and just what differs between them: the nearest cause first. */
export function ChangesTab({ context }: { context: CompareContext }): VNode {
  const { all, look, state, host } = context;
  const [base, next] = all;
  const other = all.find(({ id }) => id === look.other && id !== base?.id) ?? next;
  useEffect(() => {
    const unknown = [base, other].flatMap((item) => (item && !state.origins.has(item.id) ? [item.id] : []));
    if (unknown.length > 0) host.post({ type: 'compare/trace', run_ids: unknown });
  }, [base?.id, other?.id]);
  if (!base || !other) return <Empty>There is only one run here: nothing to hold it against.</Empty>;
  const [from, to] = [state.origins.get(base.id), state.origins.get(other.id)];
  return (
    <div class="tab">
      <div class="toolbar">
        <span class="labelled">
          From the baseline {base.name} to
          <Dropdown
            label="The run that is held against the baseline"
            value={other.id}
            choices={byName(all.slice(1)).map(({ id, name }) => ({ value: id, text: name }))}
            onChoose={(id) => host.keep({ other: id })}
          />
        </span>
      </div>
      {from && to ? (
        whatChanged(base, other, from, to).map((group) => (
          <Group key={group.aspect} group={group} base={base} other={other} context={context} />
        ))
      ) : (
        <Loading what="Looking up where these runs come from…" />
      )}
    </div>
  );
}

const TITLES: Record<Aspect, string> = {
  code: 'Code',
  data: 'Data',
  params: 'Params',
  environment: 'Environment',
  metrics: 'What came of it: metrics',
};
const UNKNOWN: Record<Aspect, string> = {
  code: 'Not known: the scripts did not run in a git repository.',
  data: 'Not known: no dataset was logged. A script logs one with mlflow.log_input(dataset).',
  params: '',
  environment: 'Not known. Of Python that logs from this machine, interpreter and packages are kept.',
  metrics: '',
};

interface GroupProps {
  group: ChangeGroup;
  base: Item;
  other: Item;
  context: CompareContext;
}

function Group({ group, base, other, context }: GroupProps): VNode {
  const { aspect, changes, unknown } = group;
  const same = unknown ? UNKNOWN[aspect] : 'No difference.';
  return (
    <section class="changes" aria-label={TITLES[aspect]}>
      <div class="changes-head">
        <h2>
          {TITLES[aspect]}{' '}
          {changes.length > 0 ? <span class="muted">{formatCount(changes.length, 'difference')}</span> : null}
        </h2>
        {changes.length > 0 ? (
          <Button
            label={`Open the diff of ${TITLES[aspect]}`}
            onPress={() => context.host.post({ type: 'compare/diff', aspect, base: base.id, other: other.id })}
          >
            Open diff
          </Button>
        ) : null}
      </div>
      {changes.length === 0 ? <p class="muted">{same}</p> : <ChangeTable group={group} base={base} other={other} />}
    </section>
  );
}

function ChangeTable({ group, base, other }: Omit<GroupProps, 'context'>): VNode {
  return (
    <table class="sheet" aria-label={`${TITLES[group.aspect]}: what differs`}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">{base.name}</th>
          <th scope="col">{other.name}</th>
        </tr>
      </thead>
      <tbody>
        {group.changes.map(({ what, from, to }) => (
          <tr key={what}>
            <th scope="row">
              <Breakable name={what} />
            </th>
            <Side text={from} />
            <Side text={to} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ text }: { text: string | undefined }): VNode {
  return <td>{text === undefined ? <span class="muted">–</span> : <div class="long">{text}</div>}</td>;
}

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../shared/format.ts';
import { Button, Checkbox, TextField } from '../shared/toolkit.ts';
import type { TableContext } from './context.ts';
import type { Field, FieldKind } from './data/fields.ts';
import { NAME_FIELD } from './data/fields.ts';

const HEADS: Record<FieldKind, string> = { run: 'Run', metric: 'Metrics', param: 'Params', tag: 'Tags' };
/** More are found by typing: nobody reads a list of a thousand. */
const SHOWN = 200;

/** Which columns there are, of all that could be. */
export function ColumnsPane({ context }: { context: TableContext }): VNode {
  const { fields, chosen, look, host } = context;
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...fields.values()].filter(({ id }) => id !== NAME_FIELD);
  const found = all.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
  const ids = new Set(chosen);
  const show = (fields: Field[]) => host.keep({ columns: [...new Set([...chosen, ...fields.map(({ id }) => id)])] });
  const hide = (fields: Field[]) => {
    const hidden = new Set(fields.map(({ id }) => id));
    host.keep({ columns: chosen.filter((id) => !hidden.has(id)) });
  };
  return (
    <aside class="columns" aria-label="Columns">
      <TextField
        value={wanted}
        placeholder={`Find among ${formatCount(all.length, 'column')}`}
        label="Find columns"
        onInput={setWanted}
      />
      <Checkbox checked={look.hideConstant} onToggle={(hideConstant) => host.keep({ hideConstant })}>
        Hide those with one value
      </Checkbox>
      <Checkbox checked={look.sparklines} onToggle={(sparklines) => host.keep({ sparklines })}>
        Curves beside metrics
      </Checkbox>
      <div class="toolbar">
        <Button onPress={() => show(found)}>Show {words.length > 0 ? 'found' : 'all'}</Button>
        <Button onPress={() => hide(found)}>Hide {words.length > 0 ? 'found' : 'all'}</Button>
        <Button look="icon" onPress={() => host.keep({ columns: null, pinned: [], widths: {} })}>
          Usual
        </Button>
      </div>
      {found.length === 0 ? <p class="muted">No column has this in its name.</p> : null}
      {(Object.keys(HEADS) as FieldKind[]).map((kind) => (
        <Section
          key={kind}
          title={HEADS[kind]}
          fields={found.slice(0, SHOWN).filter((field) => field.kind === kind)}
          chosen={ids}
          onToggle={(field, on) => (on ? show([field]) : hide([field]))}
        />
      ))}
      {found.length > SHOWN ? <p class="muted">… {found.length - SHOWN} more: type a part of a name.</p> : null}
    </aside>
  );
}

function Section(props: {
  title: string;
  fields: Field[];
  chosen: ReadonlySet<string>;
  onToggle: (field: Field, on: boolean) => void;
}): VNode | null {
  const { title, fields, chosen, onToggle } = props;
  if (fields.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {fields.map((field) => (
          <li key={field.id}>
            <label class="choice">
              <input
                type="checkbox"
                class="tick-box"
                checked={chosen.has(field.id)}
                onChange={({ currentTarget }) => onToggle(field, currentTarget.checked)}
              />
              <span>{field.title}</span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

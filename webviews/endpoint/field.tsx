import type { VNode } from 'preact';
import type { InputColumn } from '../../schemas/model.ts';
import { Breakable } from '../shared/breakable.tsx';
import { Warning } from '../shared/states.tsx';
import { Dropdown, TextField } from '../shared/toolkit.ts';
import { cautionOf, hintOf, stepped } from './form.ts';

export interface FieldProps {
  column: InputColumn;
  text: string;
  mistake: string | null;
  onText: (text: string) => void;
}

export function Field(props: FieldProps): VNode {
  const { column, text, mistake } = props;
  const caution = mistake ? null : cautionOf(column, text);
  // style sheets and ids end at the toolkit's shadow: the field's name carries its hint and its mistake
  const label = [column.name, hintOf(column), mistake ?? caution].filter(Boolean).join('. ');
  return (
    <div class={mistake ? 'field wrong' : 'field'} title={hintOf(column)}>
      <span class="field-name" aria-hidden="true">
        <Breakable name={column.name} />
      </span>
      {column.kind === 'category' ? <Choices {...props} label={label} /> : <Numeral {...props} label={label} />}
      <span class="mistake" role="alert">
        {mistake}
      </span>
      {caution ? <Warning>{caution}</Warning> : null}
    </div>
  );
}

function Numeral({ column, text, mistake, label, onText }: FieldProps & { label: string }): VNode {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onText(stepped(column, text, event.key === 'ArrowUp' ? 1 : -1));
  };
  return (
    <TextField
      value={text}
      label={label}
      invalid={mistake !== null}
      placeholder="missing"
      onInput={onText}
      onKeyDown={onKeyDown}
    />
  );
}

function Choices({ column, text, label, onText }: FieldProps & { label: string }): VNode {
  const known = column.kind === 'category' ? column.categories : [];
  const choices = known.includes(text) ? known : [text, ...known];
  return (
    <Dropdown
      value={text}
      label={label}
      choices={choices.map((value) => ({ value, text: value === '' ? '(empty)' : value }))}
      onChoose={onText}
    />
  );
}

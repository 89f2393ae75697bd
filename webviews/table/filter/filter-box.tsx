import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SearchError, Vocabulary } from '../../../schemas/search/index.ts';
import type { Completing } from './use-completion.ts';
import { useCompletion } from './use-completion.ts';

export interface FilterBoxProps {
  value: string;
  error: SearchError | undefined;
  vocabulary: () => Vocabulary;
  onChange: (text: string) => void;
}

/** The search grammar, completed from what the runs have; what is wrong is underlined where it is. */
export function FilterBox(props: FilterBoxProps): VNode {
  const { value, error, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  const completing = useCompletion({ ...props, input });
  // what is offered says how it goes on: that it is not whole yet is known
  const isTold = error !== undefined && completing.items.length === 0;
  return (
    <div class="filter">
      <div class="filter-field">
        <FilterInput {...props} input={input} completing={completing} />
        {value === '' ? null : (
          <button type="button" class="clear" aria-label="Clear the filter" onClick={() => onChange('')}>
            ✕
          </button>
        )}
        <Items completing={completing} />
      </div>
      {isTold ? (
        <div id="filter-error" class="filter-error" role="alert">
          {error.message} <span class="muted">(at character {error.at + 1})</span>
        </div>
      ) : null}
    </div>
  );
}

type InputProps = FilterBoxProps & { input: { current: HTMLInputElement | null }; completing: Completing };

function FilterInput({ value, error, onChange, input, completing }: InputProps): VNode {
  const [scrolled, setScrolled] = useState(0);
  const { items, chosen, look } = completing;
  return (
    <>
      {error ? <Squiggle text={value} at={error.at} scrolled={scrolled} /> : null}
      <input
        ref={input}
        type="text"
        role="combobox"
        class={error ? 'invalid' : undefined}
        value={value}
        placeholder="Filter: metrics.loss < 0.3 AND params.optimizer = 'adam'"
        aria-label="Filter runs"
        aria-autocomplete="list"
        aria-expanded={items.length > 0}
        aria-controls="filter-items"
        aria-activedescendant={chosen ? `filter-item-${items.indexOf(chosen)}` : undefined}
        aria-invalid={error !== undefined}
        aria-describedby={error ? 'filter-error' : undefined}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
          look();
        }}
        onClick={look}
        onKeyUp={({ key }) => (key === 'ArrowLeft' || key === 'ArrowRight' ? look() : undefined)}
        onKeyDown={completing.onKeyDown}
        onBlur={completing.close}
        onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollLeft)}
      />
    </>
  );
}

/** The same text over the field, of which only the line under what is wrong is seen. */
function Squiggle({ text, at, scrolled }: { text: string; at: number; scrolled: number }): VNode {
  const word = /^\s*\S+/.exec(text.slice(at))?.[0] ?? ' ';
  return (
    <div class="squiggle" aria-hidden="true">
      <span style={{ marginInlineStart: `${-scrolled}px` }}>{text.slice(0, at)}</span>
      <span class="wrong">{word}</span>
    </div>
  );
}

function Items({ completing: { items, chosen, take } }: { completing: Completing }): VNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={list}
      id="filter-items"
      class="completions"
      role="listbox"
      tabIndex={-1}
      aria-label="Completions"
      hidden={items.length === 0}
    >
      {items.map((item, at) => (
        <div
          key={item.text}
          id={`filter-item-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={item === chosen}
          // pressing must not take the focus from the text
          onMouseDown={(event) => {
            event.preventDefault();
            take(item);
          }}
        >
          <span>{item.text}</span> <span class="muted">{item.what}</span>
        </div>
      ))}
    </div>
  );
}

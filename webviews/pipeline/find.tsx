import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatCount } from '../shared/format.ts';
import { Button, TextField } from '../shared/toolkit.ts';
import type { PipelineContext } from './context.ts';

interface FindProps {
  context: PipelineContext;
  /** to the next of those that were found, or the one before */
  onGo(by: 1 | -1): void;
  /** only what was found is shown: nobody has to go from one to the next */
  isFilter?: boolean;
}

/** Finds steps among hundreds by name or state. */
export function Find({ context: { picture, finding }, onGo, isFilter = false }: FindProps): VNode {
  useFindKeys();
  const { words, hits, look } = finding;
  const all = picture.byStep.size;
  return (
    <search class="find" aria-label="Steps">
      <TextField
        class="find-field"
        value={words}
        placeholder="Find steps"
        title="By name or state, such as “train failed” (/). Enter goes to the next one"
        label="Find steps by name or state"
        onInput={look}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape' && words === '') goBack();
          else if (event.key === 'Escape') look('');
        }}
      />
      <span class="muted" role="status">
        {hits === null ? null : hits.size === 0 ? 'Not found' : `${hits.size} of ${formatCount(all, 'step')}`}
      </span>
      {hits !== null && hits.size > 0 && !isFilter ? (
        <>
          <Button look="icon" label="Previous" title="Previous (Shift+F3)" onPress={() => onGo(-1)}>
            ↑
          </Button>
          <Button look="icon" label="Next" title="Next (F3)" onPress={() => onGo(1)}>
            ↓
          </Button>
        </>
      ) : null}
    </search>
  );
}

/** To where one was among the steps. */
function goBack(): void {
  document.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"], .step-link')?.focus();
}

/** Ctrl+F leads there from anywhere, and so does a slash that is not typed into a field. */
function useFindKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, target } = event;
      const isField = target instanceof Element && target.matches('vscode-text-field');
      const isAsked = ctrlKey || metaKey ? key === 'f' : key === '/' && !isField && !event.defaultPrevented;
      if (!isAsked) return;
      event.preventDefault();
      document.querySelector<HTMLElement>('.find-field')?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Completion, CompletionItem, Vocabulary } from '../../../schemas/search/index.ts';
import { completeFilter } from '../../../schemas/search/index.ts';

export interface Completing {
  items: CompletionItem[];
  /** what Enter takes; undefined while somebody only looks: it would change what stands there */
  chosen: CompletionItem | undefined;
  /** the caret moved */
  look(): void;
  close(): void;
  take(item: CompletionItem): void;
  onKeyDown(event: KeyboardEvent): void;
}

export interface CompletionParts {
  input: RefObject<HTMLInputElement | null>;
  value: string;
  vocabulary: () => Vocabulary;
  onChange: (text: string) => void;
}

/** What is offered at the caret. */
export function useCompletion({ input, value, vocabulary, onChange }: CompletionParts): Completing {
  const [caret, setCaret] = useState<number | null>(null);
  /** by the arrows; null until they are used */
  const [moved, setMoved] = useState<number | null>(null);
  const completion = caret === null ? undefined : completeFilter(value, caret, vocabulary());
  const items = completion?.items ?? [];
  const at = moved ?? (wasBegun(completion) ? 0 : -1);
  const look = () => {
    setCaret(input.current?.selectionStart ?? null);
    setMoved(null);
  };
  const take = ({ text }: CompletionItem) => {
    if (!completion) return;
    const end = completion.from + text.length + 1;
    const whole = `${value.slice(0, completion.from)}${text} ${value.slice(completion.to).trimStart()}`;
    // at once, not with the next picture: who types on meanwhile would type at the old place
    if (input.current) {
      input.current.value = whole;
      input.current.setSelectionRange(end, end);
    }
    onChange(whole);
    look();
  };
  const move = (by: number) => {
    if (items.length === 0) look();
    else setMoved(at < 0 && by < 0 ? items.length - 1 : (at + by + items.length) % items.length);
  };
  const chosen = items[at];
  const acts: Record<string, (() => void) | undefined> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => setCaret(null),
    Enter: chosen && (() => take(chosen)),
    Tab: chosen && (() => take(chosen)),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = acts[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  };
  return { items, chosen, look, close: () => setCaret(null), take, onKeyDown };
}

function wasBegun(completion: Completion | undefined): boolean {
  return completion !== undefined && completion.to > completion.from;
}

import { closest } from './language/suggest.ts';

export const STAGES = ['development', 'staging', 'production', 'archived'] as const;

export interface ModelRef {
  name: string;
  which: { stage: (typeof STAGES)[number] } | { version: number } | 'best';
}

/** `NAME`, `NAME@STAGE` or `NAME/VERSION`. A name may hold an @ itself: only a stage after the last one counts. */
export function parseModelRef(ref: string): ModelRef {
  const numbered = /^(.*)\/(\d{1,9})$/s.exec(ref);
  if (numbered) return { name: numbered[1] ?? '', which: { version: Number(numbered[2]) } };
  const at = ref.lastIndexOf('@');
  const stage = STAGES.find((known) => known === ref.slice(at + 1));
  return at > 0 && stage ? { name: ref.slice(0, at), which: { stage } } : { name: ref, which: 'best' };
}

/** Shorter beginnings of a stage's name are too little to go by. */
const SHORTEST_BEGINNING = 3;

/** The registry's rules, which are MLflow's: any letters, but nothing that could be taken for a path. */
export function isModelName(text: string): boolean {
  return text.trim() !== '' && !/[/:]/.test(text) && text !== '.' && !text.startsWith('..') && [...text].length <= 256;
}

/** Whether a person who wrote this can have meant it: what follows an @ is wrong only when a stage was clearly meant. */
export function isModelRef(text: string): boolean {
  const slash = text.lastIndexOf('/');
  if (slash >= 0) return /^[1-9]\d{0,8}$/.test(text.slice(slash + 1)) && isModelName(text.slice(0, slash));
  const at = text.lastIndexOf('@');
  const stage = text.slice(at + 1);
  if (at < 0) return isModelName(text);
  if (STAGES.some((known) => known === stage)) return isModelName(text.slice(0, at));
  return stage !== '' && meantStage(stage) === null && isModelName(text);
}

/** The stage that a word was meant to be: misspelt, or cut short. */
export function meantStage(word: string): string | null {
  const begun = STAGES.find((stage) => word.length >= SHORTEST_BEGINNING && stage.startsWith(word.toLowerCase()));
  return begun ?? closest(word, STAGES);
}

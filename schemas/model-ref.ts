import { closest } from './language/suggest.ts';

export const STAGES = ['development', 'staging', 'production', 'archived'] as const;

export interface ModelRef {
  name: string;
  which: { stage: (typeof STAGES)[number] } | { alias: string } | { version: number } | 'best';
}

/**
 * `NAME`, `NAME@STAGE`, `NAME@ALIAS` or `NAME/VERSION`. A name may hold an @ itself: what follows the last one counts, and a
 * model that has the whole text as its name comes first.
 */
export function parseModelRef(ref: string): ModelRef {
  const numbered = /^(.*)\/(\d{1,9})$/s.exec(ref);
  if (numbered) return { name: numbered[1] ?? '', which: { version: Number(numbered[2]) } };
  const at = ref.lastIndexOf('@');
  const word = ref.slice(at + 1);
  if (at <= 0 || !isModelAlias(word)) return { name: ref, which: 'best' };
  const stage = STAGES.find((known) => known === word);
  return { name: ref.slice(0, at), which: stage ? { stage } : { alias: word } };
}

/** What can be given to a version as a name of its own. */
export function isModelAlias(text: string): boolean {
  return /^[\p{L}\p{N}_-]+$/u.test(text);
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
  if (isStage(stage)) return isModelName(text.slice(0, at));
  return stage !== '' && meantStage(stage) === null && isModelName(text);
}

export const isStage = (word: string): boolean => STAGES.some((stage) => stage === word);

/** The stage that a word was meant to be: misspelt, or cut short. */
export function meantStage(word: string): string | null {
  const begun = STAGES.find((stage) => word.length >= SHORTEST_BEGINNING && stage.startsWith(word.toLowerCase()));
  return begun ?? closest(word, STAGES);
}

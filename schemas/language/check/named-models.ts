import { isModelRef } from '../../model-ref.ts';
import { blocksOf, byBlock } from '../blocks.ts';
import { hasExpression } from '../expressions/template.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import type { StepModel } from '../model.ts';
import type { Occurrence } from '../names/occurrence.ts';
import { namesOfKind, referencesAmong } from './names-of-kind.ts';
import type { FileView } from './view.ts';
import { knowsAllOf } from './view.ts';
import { onceForAll, wholeOf } from './whole.ts';

/** A model as an endpoint or `models` names it. */
export interface NamedModelPlace {
  name: Occurrence;
  /** what follows the name: `@production`, `@champion`, `/3`, or nothing */
  which: string;
}

/** The models that a file names, besides those that its steps register. */
export const modelsNamed = (view: FileView): NamedModelPlace[] => placesAmong(namesOfKind(view, 'model'), view.text);

const placesAmong = byBlock((names: readonly Occurrence[], text: string) =>
  names.flatMap((name): NamedModelPlace[] => {
    const which = name.role === 'definition' ? '' : whichBehind(name.span[1], text);
    // what is no reference at all is told as such
    return which === null || !isModelRef(name.name + which) ? [] : [{ name, which }];
  }),
);

const WHICH = /(?:@[\p{L}\p{N}_-]+|\/\d{1,9})?(?=["'\s,}\]]|$)/uy;

function whichBehind(end: number, text: string): string | null {
  WHICH.lastIndex = end;
  return WHICH.exec(text)?.[0] ?? null;
}

/** The models that the steps of the project register; null where some are not known. */
export function registeredIn(view: FileView): ReadonlySet<string> | null {
  return knowsAllOf(view, 'steps') ? registeredByAll(view) : null;
}

const registeredByAll = onceForAll(({ model }): ReadonlySet<string> | null => {
  const names = new Set<string>();
  for (const block of blocksOf(registeredBy(model.steps))) {
    for (const name of block) {
      if (name === null) return null;
      names.add(name);
    }
  }
  return names;
});

/** Null stands for any name whatever. */
const registeredBy = byBlock((steps: readonly StepModel[]) => steps.flatMap(registeredByOne));

function registeredByOne({ damaged, kind, uses, with: settings }: StepModel): (string | null)[] {
  // half of a step may become one that registers
  if (damaged || kind === null || (uses && !isBuiltInStep(uses.value))) return [null];
  if (uses?.value !== 'register') return [];
  const { name } = settings;
  return [typeof name === 'string' && !hasExpression(name) ? name : null];
}

/** Steps that may register models of any name: what a command does nobody can read. */
export const commandsIn = (view: FileView): string[] => commandsAmong(wholeOf(view).model.steps);

const commandsAmong = byBlock((steps: readonly StepModel[]) => steps.flatMap(({ name, run }) => (run ? name : [])));

/** Whether a command, a variable or a param holds the name: then it may well be registered under it. */
export const isHandedToCommands = (name: string, view: FileView): boolean => holdsWord(handedToCommands(view), name);

const handedToCommands = onceForAll(({ model: { steps, env, params } }) =>
  [...textsOf(steps), ...Object.values(env), JSON.stringify(params.values)].join('\n'),
);

const textsOf = byBlock((steps: readonly StepModel[]) =>
  steps.flatMap(({ run, env }) => (run ? [run.value, ...Object.values(env)] : [])),
);

const OF_A_WORD = /[\p{L}\p{N}_-]/u;

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!OF_A_WORD.test(text.charAt(at - 1)) && !OF_A_WORD.test(text.charAt(at + word.length))) return true;
  }
  return false;
}

/** Whether `models` lists it and something refers to it: who writes a name twice means it. */
export function isWrittenTwice(name: string, view: FileView): boolean {
  const { files, model } = wholeOf(view);
  if (!model.models.some((listed) => listed.name === name)) return false;
  return files.some((file) =>
    referencesAmong(namesOfKind(file.view, 'model')).some((reference) => reference.name === name),
  );
}

import { expressionsNaming } from '../check/expressions-naming.ts';
import type { FileView } from '../check/view.ts';
import { onceForAll } from '../check/whole.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { Reference, ReferencePath } from '../expressions/references.ts';
import { hasExpression } from '../expressions/template.ts';
import type { JsonObject } from '../json.ts';
import type { Located } from '../model.ts';
import { isParam } from '../params.ts';
import { written } from '../plan/answers.ts';
import { closest } from '../suggest.ts';
import type { TriggerModel } from '../trigger-model.ts';
import { MOST_FINDINGS } from './rule.ts';

/** Where the name of a param leads to none. */
interface Lost {
  /** the first part that leads nowhere */
  at: number;
  message: string;
  meant: string | null;
}

export function lostIn(path: ReferencePath, params: JsonObject): Lost {
  const at = path.findIndex((_, part) => valueAt(params, path.slice(1, part + 1)) === undefined);
  const siblings = valueAt(params, path.slice(1, at));
  const names = siblings && typeof siblings === 'object' ? Object.keys(siblings) : [];
  const meant = closest(String(path[at]), names);
  const advice = meant ? `did you mean \`${meant}\`?` : 'add it to `params`, or correct the name.';
  return { at, meant, message: `There is no \`${written(path.slice(0, at + 1))}\`: ${advice}` };
}

export const leadsNowhere = ({ path, hasDefault }: Reference, params: JsonObject): boolean =>
  path[0] === 'params' && !hasDefault && path.length > 1 && valueAt(params, path.slice(1)) === undefined;

/** The params that misspelt names mean: nobody is told, too, that nothing uses them. */
export const meantParams = onceForAll(({ files, params }) => {
  const meant = new Set<string>();
  if (params === null) return meant;
  // of more of them nobody is told
  for (const path of files.flatMap(({ view }) => lostPaths(view, params)).slice(0, MOST_FINDINGS)) {
    const lost = lostIn(path, params);
    if (lost.meant !== null) meant.add([...path.slice(1, lost.at), lost.meant].join('.'));
  }
  return meant;
});

/** Other values for them, and inputs that stand for them. */
export function paramsOfTriggers(triggers: readonly TriggerModel[]): Located<string>[] {
  return triggers.flatMap((trigger) => {
    const inputs = trigger.kind === 'manual' ? (trigger.inputs ?? []) : [];
    const named = [...trigger.params, ...inputs.filter(({ damaged }) => !damaged)];
    return trigger.damaged ? [] : named.map(({ name, nameRange }) => ({ value: name, range: nameRange }));
  });
}

function lostPaths(view: FileView, params: JsonObject): ReferencePath[] {
  const references = expressionsNaming(view, 'params').flatMap((one) => one.references);
  const { steps, triggers } = view.model;
  const listed = [...steps.flatMap(({ params: own }) => own), ...paramsOfTriggers(triggers)].map(({ value }) => value);
  return [
    ...references.filter((reference) => leadsNowhere(reference, params)).map(({ path }) => path),
    ...listed
      .filter((name) => !hasExpression(name) && !isParam(name, params))
      .map((name) => ['params', ...name.split('.')]),
  ];
}

import { CompletionItemKind } from 'vscode-languageserver';
import { matrixOf } from '../../../schemas/language/check/step-matrix.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { NameKind } from '../../../schemas/language/names/occurrence.ts';
import type { Entry } from '../../../schemas/language/syntax/tree.ts';
import { STAGES } from '../../../schemas/model-ref.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { sourcesOf } from '../../projects/sources.ts';
import { modelOf } from '../../projects/whole.ts';
import type { Choice, ValueContext } from './choice.ts';
import { typedIn } from './choice.ts';

/**
 * The models that this file knows of, listed or registered by a step, and those of the registry with their versions. One that
 * stands there already may be of a registry that nobody told of: it has the same stages.
 */
export function modelRefs({ analysis, range, live }: ValueContext): Choice[] {
  const [, typed] = /^([^@/:]+)@/.exec(typedIn({ analysis, range })) ?? [];
  const names = new Set([...modelNames(modelOf(analysis), live), ...(typed === undefined ? [] : [typed])]);
  const stages = ['production', ...STAGES.filter((stage) => stage !== 'production')];
  return [...names].flatMap((name) => {
    const { versions = [], aliases } = live?.models.find((known) => known.name === name) ?? {};
    const held = (stage: string) => versions.find((version) => version.stage === stage)?.version;
    return [
      ...stages.map((stage) => ({
        label: `${name}@${stage}`,
        kind: CompletionItemKind.Reference,
        detail: held(stage) === undefined ? undefined : `now version ${held(stage)}`,
      })),
      ...(aliases ?? []).map(({ alias, version }) => ({
        label: `${name}@${alias}`,
        kind: CompletionItemKind.Reference,
        detail: `now version ${version}`,
      })),
      ...versions.map(({ version, stage }) => ({
        label: `${name}/${version}`,
        kind: CompletionItemKind.Reference,
        detail: `in ${stage}`,
      })),
    ];
  });
}

export function modelNames(model: Analysis['model'], live: LiveValues | null): string[] {
  const registered = model.steps.flatMap((step) =>
    step.uses?.value === 'register' && typeof step.with.name === 'string' ? [step.with.name] : [],
  );
  const known = (live?.models ?? []).map(({ name }) => name);
  return [...new Set([...model.models.map((named) => named.name), ...registered, ...known])];
}

/** The names of one kind that the project defines. */
export function definedNames(analysis: Analysis, wanted: NameKind, kind: CompletionItemKind): Choice[] {
  const names = sourcesOf(analysis).flatMap((source) => source.names);
  const defined = names.filter((name) => name.kind === wanted && name.role === 'definition').map(({ name }) => name);
  return [...new Set(defined)].map((label) => ({ label, kind }));
}

/** The keys of the matrix of a step, with their values. */
export function matrixNames(step: Entry | undefined): { name: string; detail: string | undefined }[] {
  const matrix = step && matrixOf(step);
  if (!matrix || matrix === 'none') return [];
  const axes = matrix.axes.map(({ key, values }) => ({
    name: key,
    detail: values ? JSON.stringify(values) : undefined,
  }));
  const others = [...(matrix.keys ?? [])].filter((key) => !axes.some(({ name }) => name === key));
  return [...axes, ...others.map((name) => ({ name, detail: undefined }))];
}

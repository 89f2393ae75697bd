import { CompletionItemKind } from 'vscode-languageserver';
import { headlinesFirst } from '../../../schemas/headline-metrics.ts';
import { makesMetric, metricNamesOf } from '../../../schemas/language/grammar/built-in-metrics.ts';
import type { BuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import { isBuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { StepModel } from '../../../schemas/language/model.ts';
import { goalOf } from '../../../schemas/metric-goal.ts';
import { metricText } from '../../../schemas/metric-text.ts';
import { lastWith, valueIn } from '../../live/results.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import type { Choice } from './choice.ts';

export interface KnownMetric {
  key: string;
  detail: string | undefined;
}

/** What runs have logged, and what the built-in steps of the project will log. */
export function knownMetrics(analysis: Analysis, live: LiveValues | null): KnownMetric[] {
  const made = modelOf(analysis).steps.flatMap((step) => {
    const uses = builtIn(step);
    return uses ? metricNamesOf(uses) : [];
  });
  return withLast([...made, ...logged(live)], live);
}

/** Those of one step: a built-in one logs its own alone. */
export function metricsOfStep(name: string, analysis: Analysis, live: LiveValues | null): KnownMetric[] {
  const uses = builtIn(modelOf(analysis).steps.find((step) => step.name === name));
  if (!uses) return knownMetrics(analysis, live);
  return withLast([...metricNamesOf(uses), ...logged(live).filter((key) => makesMetric(uses, key))], live);
}

export function metricChoices(analysis: Analysis, live: LiveValues | null): Choice[] {
  return knownMetrics(analysis, live).map(({ key, detail }) => ({
    label: key,
    kind: CompletionItemKind.Field,
    detail,
  }));
}

export function goalChoices(analysis: Analysis, live: LiveValues | null): Choice[] {
  return knownMetrics(analysis, live).map(({ key, detail }) => ({
    label: `${goalOf(key) === 'highest' ? 'maximize' : 'minimize'} ${key}`,
    kind: CompletionItemKind.Field,
    detail,
  }));
}

function builtIn(step: StepModel | undefined): BuiltInStep | null {
  const uses = step?.uses?.value;
  return uses !== undefined && isBuiltInStep(uses) ? uses : null;
}

const logged = (live: LiveValues | null): string[] =>
  (live?.runs ?? []).flatMap(({ metrics }) => metrics.map(({ key }) => key));

function withLast(metrics: readonly string[], live: LiveValues | null): KnownMetric[] {
  const keys = headlinesFirst([...new Set(metrics)], (key) => key);
  return keys.map((key) => {
    const last = live ? lastWith(live, key) : undefined;
    const value = last && valueIn(last, key);
    return { key, detail: value === undefined ? undefined : `last ${metricText(value)}` };
  });
}

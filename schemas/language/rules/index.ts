import type { FileView } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Range } from '../positions.ts';
import { backslash } from './backslash.ts';
import { clearSecret } from './clear-secret.ts';
import { constantCondition } from './constant-condition.ts';
import { contradiction } from './contradiction.ts';
import { cycle } from './cycle.ts';
import { definedTwice } from './defined-twice.ts';
import { duplicateKey } from './duplicate-key.ts';
import { expression } from './expression.ts';
import { includeCircle } from './include-circle.ts';
import { matrixExpansion } from './matrix-expansion.ts';
import { missingDep } from './missing-dep.ts';
import { missingKey } from './missing-key.ts';
import { monitorDrift } from './monitor-drift.ts';
import { neverRuns } from './never-runs.ts';
import { notRunYet } from './not-run-yet.ts';
import { openSearch } from './open-search.ts';
import { outInsideOut } from './out-inside-out.ts';
import { refused } from './refused.ts';
import type { Rule, RuleInfo } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';
import { sameOut } from './same-out.ts';
import { severalDocuments } from './several-documents.ts';
import { stepWork } from './step-work.ts';
import { suppressed, suppression } from './suppression.ts';
import { triggerInputs } from './trigger-inputs.ts';
import { triggerNames } from './trigger-names.ts';
import { unknownBuiltIn } from './unknown-built-in.ts';
import { unknownDataset } from './unknown-dataset.ts';
import { unknownEndpoint } from './unknown-endpoint.ts';
import { unknownKey } from './unknown-key.ts';
import { unknownMatrixKey } from './unknown-matrix-key.ts';
import { unknownMetric } from './unknown-metric.ts';
import { unknownModel } from './unknown-model.ts';
import { unknownMonitor } from './unknown-monitor.ts';
import { unknownParam } from './unknown-param.ts';
import { unknownResult } from './unknown-result.ts';
import { unknownStep } from './unknown-step.ts';
import { unusableFile } from './unusable-file.ts';
import { unusedParam } from './unused-param.ts';
import { versionMissing } from './version-missing.ts';
import { versionUnsupported } from './version-unsupported.ts';
import { wrongCron } from './wrong-cron.ts';
import { wrongType } from './wrong-type.ts';
import { wrongValue } from './wrong-value.ts';
import { yamlSurprise } from './yaml-surprise.ts';
import { yamlSyntax } from './yaml-syntax.ts';

/** In the order of their codes. Rules look at the file and, where it has others, at its project. */
export const RULES: readonly Rule[] = [
  yamlSyntax,
  refused,
  severalDocuments,
  duplicateKey,
  versionMissing,
  versionUnsupported,
  unknownKey,
  missingKey,
  wrongType,
  wrongValue,
  notRunYet,
  stepWork,
  outInsideOut,
  unusedParam,
  unknownStep,
  cycle,
  sameOut,
  unknownBuiltIn,
  unknownEndpoint,
  expression,
  unknownParam,
  unknownMonitor,
  unknownDataset,
  unknownModel,
  wrongCron,
  unknownMatrixKey,
  matrixExpansion,
  constantCondition,
  neverRuns,
  unknownResult,
  yamlSurprise,
  clearSecret,
  contradiction,
  openSearch,
  triggerNames,
  triggerInputs,
  unknownMetric,
  backslash,
  unusableFile,
  includeCircle,
  definedTwice,
  missingDep,
];

/** Every kind of diagnostic, with those that come from a running daemon. */
export const CATALOGUE: readonly RuleInfo[] = [...RULES, suppression, monitorDrift].toSorted((a, b) =>
  // not by a language's order, whose rules are large and read at the first comparison
  a.code < b.code ? -1 : 1,
);

const KNOWN_CODES = CATALOGUE.map(({ code }) => code);
// what the disk and the registry have is not known everywhere: of that nothing is decided
const DECIDED_CODES = RULES.filter((rule) => rule !== missingDep && rule !== unknownModel).map(({ code }) => code);

export function runRules(view: FileView): Diagnostic[] {
  const found = RULES.flatMap(({ code, severity, check }) =>
    check(view).map((finding): Diagnostic => ({ code, severity, ...finding, range: onOneLine(finding.range, view) })),
  );
  const seen = new Set<string>();
  const { suppressions, problems } = view;
  const { complete, params } = wholeOf(view);
  const partial = problems.length > 0 || !complete || params === null;
  const told = { suppressions, known: KNOWN_CODES, decided: DECIDED_CODES, partial };
  return suppressed({ ...told, diagnostics: found }, view)
    .filter((diagnostic) => isNew(diagnostic, seen))
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
    .slice(0, MOST_FINDINGS);
}

/** What stands behind an anchor is met once for each alias. */
function isNew({ code, range, message }: Diagnostic, seen: Set<string>): boolean {
  const key = [code, range.start.line, range.start.character, message].join(' ');
  return !seen.has(key) && seen.add(key) !== undefined;
}

/** A squiggle under a whole block hides more than it shows. */
function onOneLine({ start, end }: Range, { lines }: FileView): Range {
  return end.line === start.line ? { start, end } : { start, end: lines.position(lines.lineSpan(start.line)[1]) };
}

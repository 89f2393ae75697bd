import type { Pair } from 'yaml';
import { Document, isMap, isScalar, YAMLSeq } from 'yaml';
import { LANGUAGE_VERSION } from '../grammar/file.ts';
import type { ConvertedStep } from './step.ts';

const LINE_WIDTH = 100;

export function writeFile(
  paramsFiles: readonly string[],
  steps: readonly ConvertedStep[],
  notes: readonly string[],
): string {
  const run = steps.filter((step) => !step.frozen);
  const document = new Document({
    version: LANGUAGE_VERSION,
    ...(paramsFiles.length > 0 && { params: paramsFiles.length === 1 ? paramsFiles[0] : paramsFiles }),
    steps: Object.fromEntries(run.map((step) => [step.name, contentOf(step)])),
  });
  const frozen = steps
    .filter((step) => step.frozen)
    .map(({ name }) => `${name} is frozen in DVC, which takes its outs as they are: it is left out.`);
  document.commentBefore = commentOf(['Made from dvc.yaml.', ...notes, ...frozen]);
  const drawn = document.get('steps');
  if (isMap(drawn)) for (const [at, pair] of drawn.items.entries()) drawStep(pair, run[at]);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const contentOf = ({ run, deps, params, outs, metrics, plots }: ConvertedStep) => ({
  run,
  ...(deps.length > 0 && { deps }),
  ...(params.length > 0 && { params }),
  ...(outs.length > 0 && { outs }),
  ...(metrics.length > 0 && { metrics }),
  ...(plots.length > 0 && { plots }),
});

/** What there is to say above its name, and short lists on one line. */
function drawStep({ key, value }: Pair, step: ConvertedStep | undefined): void {
  const told = step ? [step.description, ...step.notes].filter((line) => line !== '') : [];
  if (isScalar(key) && told.length > 0) key.commentBefore = commentOf(told);
  if (isMap(value)) for (const entry of value.items) drawShort(entry.value);
}

/** Lists that are short stand on one line. */
function drawShort(value: unknown): void {
  if (!(value instanceof YAMLSeq)) return;
  const words = value.items.map((item) => (isScalar(item) ? String(item.value) : ''));
  // braces of an expression would need quotes there
  value.flow = words.join(', ').length < LINE_WIDTH && !words.some((word) => word.includes('{'));
}

const commentOf = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split(/\r\n|\r|\n/))
    .map((line) => ` ${line}`)
    .join('\n');

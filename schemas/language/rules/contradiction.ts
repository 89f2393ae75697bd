import type { FileView } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { isShare } from '../grammar/built-in-metrics.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { parseLimit } from '../values/limit.ts';
import { parsePercentage } from '../values/percentage.ts';
import type { Rule } from './rule.ts';

/** Values that are each possible, and together make no sense. */
export const contradiction: Rule = {
  code: 'CRISOL149',
  severity: 'warning',
  title: 'Limits that nothing can meet',
  check: (view) => [
    ...checksOf(view).flatMap((check) => [
      ...minOverMax(at(check, 'rows'), view),
      ...backwards(at(check, 'between'), view),
    ]),
    ...gatesOf(view).flatMap((gate) => [...minOverMax(gate, view), ...beyondOne(gate, view)]),
    ...sectionOf(view, 'monitors').flatMap((monitor) => neverDrifts(at(monitor.value, 'drift'), view)),
    ...sectionOf(view, 'sweeps').flatMap((sweep) =>
      entriesOf(at(sweep.value, 'space')).flatMap((range) => rangeOf(range, view)),
    ),
    ...sectionOf(view, 'endpoints').flatMap((endpoint) => traffic(at(endpoint.value, 'traffic'), view)),
  ],
};

const at = (node: TreeNode | undefined, key: string): TreeNode | undefined => {
  const entry = findEntry(node, key);
  return entry?.damaged ? undefined : entry?.value;
};

const entriesOf = (node: TreeNode | undefined): Entry[] =>
  node?.kind === 'map' ? node.entries.filter(({ damaged }) => !damaged) : [];
const itemsOf = (node: TreeNode | undefined): TreeNode[] => (node?.kind === 'list' ? node.items : []);
const sectionOf = ({ root }: FileView, key: string): Entry[] => entriesOf(at(root ?? undefined, key));

const checksOf = (view: FileView): TreeNode[] =>
  sectionOf(view, 'datasets').flatMap(({ value }) => itemsOf(at(value, 'checks')));

function gatesOf(view: FileView): TreeNode[] {
  const stages = sectionOf(view, 'models').flatMap(({ value }) => entriesOf(at(value, 'promote')));
  return stages.flatMap(({ value }) => itemsOf(at(value, 'gates')));
}

const numberOf = (node: TreeNode | undefined): number | null =>
  node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : null;

function minOverMax(node: TreeNode | undefined, { lines }: FileView): Finding[] {
  const [min, max] = [at(node, 'min'), at(node, 'max')];
  const [least, most] = [numberOf(min), numberOf(max)];
  if (!max || least === null || most === null || least <= most) return [];
  const message = `\`max\` is under \`min\` (${least}), so nothing could pass: swap them, or correct one.`;
  return [{ range: lines.range(max.span), message }];
}

/** `[20, 0]`; dates and other texts are not compared: their order is the data's. */
function backwards(node: TreeNode | undefined, { lines }: FileView): Finding[] {
  const bounds = itemsOf(node);
  if (node?.kind !== 'list') return [];
  if (bounds.length !== 2)
    return [{ range: lines.range(node.span), message: 'Give two values, the least and the greatest: `[0, 20]`.' }];
  const [least, greatest] = bounds.map(numberOf);
  if (least === null || greatest === null || least === undefined || greatest === undefined || least <= greatest)
    return [];
  return [
    { range: lines.range(node.span), message: 'The first is over the second, so nothing could pass: swap them.' },
  ];
}

const RANGES = ['int', 'float', 'log'];

function rangeOf({ key, value }: Entry, view: FileView): Finding[] {
  const kinds = entriesOf(value).filter((entry) => RANGES.includes(entry.key) || entry.key === 'choice');
  const [, second] = kinds;
  if (second) {
    const message = `\`${key}\` has several ranges: keep one of ${kinds.map((kind) => `\`${kind.key}\``).join(' and ')}.`;
    return [{ range: view.lines.range(second.keySpan), message }];
  }
  return kinds.flatMap((kind) =>
    kind.key === 'choice' ? noChoice(kind, view) : [...backwards(kind.value, view), ...belowOne(kind, view)],
  );
}

function noChoice({ value }: Entry, { lines }: FileView): Finding[] {
  return value.kind === 'list' && value.items.length === 0
    ? [{ range: lines.range(value.span), message: 'There is nothing to choose from: list some values.' }]
    : [];
}

/** There is no logarithm of 0. */
function belowOne({ key, value }: Entry, { lines }: FileView): Finding[] {
  const [least] = itemsOf(value);
  const number = key === 'log' ? numberOf(least) : null;
  if (!least || number === null || number > 0) return [];
  return [
    { range: lines.range(least.span), message: '`log` needs numbers over 0: begin with a small one such as 0.001.' },
  ];
}

/** The share of a challenger grows. */
function shares(node: TreeNode | undefined, { lines }: FileView): Finding[] {
  let before = -1;
  return itemsOf(node).flatMap((item): Finding[] => {
    const share = item.kind === 'scalar' && typeof item.value === 'string' ? parsePercentage(item.value) : null;
    if (share === null || item.kind !== 'scalar') return [];
    const falls = share <= before;
    before = Math.max(before, share);
    return falls
      ? [
          {
            range: lines.range(item.span),
            message: `\`${item.text}\` is not over the step before it: let the shares rise.`,
          },
        ]
      : [];
  });
}

function traffic(node: TreeNode | undefined, view: FileView): Finding[] {
  return [
    ...shares(at(node, 'steps'), view),
    ...entriesOf(at(node, 'rollback_if')).flatMap((limit) => rate(limit, view)),
  ];
}

/** `error_rate: "> 5"` is five hundred percent. */
function rate({ key, value }: Entry, { lines }: FileView): Finding[] {
  const limit = value.kind === 'scalar' && typeof value.value === 'string' ? parseLimit(value.value) : null;
  if (!key.endsWith('_rate') || !limit || limit.value < 1 || limit.operator.startsWith('<') || value.kind !== 'scalar')
    return [];
  if (limit.value === 1 && limit.operator === '>=') return [];
  return [{ range: lines.range(value.span), message: 'A rate is never over 1: give a share such as `> 1%`.' }];
}

function beyondOne(gate: TreeNode, { lines }: FileView): Finding[] {
  const metric = at(gate, 'metric');
  const min = at(gate, 'min');
  const least = numberOf(min);
  const isKnown = metric?.kind === 'scalar' && typeof metric.value === 'string' && isShare(metric.value);
  if (!isKnown || !min || least === null || least <= 1) return [];
  const message = `\`${metric.value}\` is never over 1: give a share such as ${least <= 100 ? least / 100 : 0.5}.`;
  return [{ range: lines.range(min.span), message }];
}

/** The statistic of Kolmogorov and Smirnov is a share. */
function neverDrifts(drift: TreeNode | undefined, { lines }: FileView): Finding[] {
  const test = at(drift, 'test');
  const threshold = at(drift, 'threshold');
  const over = numberOf(threshold);
  if (test?.kind !== 'scalar' || test.value !== 'ks' || !threshold || over === null || over < 1) return [];
  return [
    {
      range: lines.range(threshold.span),
      message: 'The effect of `ks` is never over 1, so nothing would drift: give a number under 1.',
    },
  ];
}

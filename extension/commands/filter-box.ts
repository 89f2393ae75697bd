import * as vscode from 'vscode';
import type { SearchKind, Vocabulary } from '../../schemas/search/index.ts';
import { completeFilter, parseFilter } from '../../schemas/search/index.ts';
import type { Api } from '../daemon/api.ts';
import { t } from '../texts.ts';
import { problemOf } from '../views/reads.ts';
import type { Named } from './choose-tracked.ts';

type FilterApi = Pick<Api, 'searchKeys' | 'searchValues'>;
type Item = vscode.QuickPickItem & { act: { kind: 'apply' } | { kind: 'complete'; text: string } | { kind: 'wrong' } };

/** Asks for a filter: what may follow is offered below, what is wrong is said as it is typed. */
export function askFilter(api: FilterApi, experiment: Named, before: string): Promise<string> {
  const box = vscode.window.createQuickPick<Item>();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const known = new KnownWords(api, experiment.id, () => draw());
  const draw = () => {
    box.items = itemsFor(box.value, known);
    box.busy = known.busy;
  };
  box.title = t('Filter the runs of {0}', experiment.name);
  box.placeholder = "metrics.f1 > 0.8 AND params.model = 'forest'";
  box.ignoreFocusOut = true;
  box.value = before;
  box.onDidChangeValue(draw);
  box.onDidAccept(() => {
    const [chosen] = box.activeItems;
    if (chosen?.act.kind === 'complete') {
      box.value = chosen.act.text;
      draw();
    } else if (chosen?.act.kind === 'apply') resolve(box.value.trim());
  });
  box.onDidHide(() => reject(new vscode.CancellationError()));
  draw();
  box.show();
  return promise.finally(() => box.dispose());
}

/** First what Enter does: it applies what reads, and completes what does not read yet. */
function itemsFor(text: string, known: KnownWords): Item[] {
  const { from, items } = completeFilter(text, text.length, known);
  const completions = items.map((item): Item => {
    const completed = `${text.slice(0, from)}${item.text} `;
    return { label: item.text, description: item.what, alwaysShow: true, act: { kind: 'complete', text: completed } };
  });
  const problem = problemOf(() => parseFilter(text, 'runs'));
  if (problem !== undefined) {
    const wrong: Item = { label: `$(warning) ${problem}`, alwaysShow: true, act: { kind: 'wrong' } };
    return [...completions, wrong];
  }
  const label = text.trim() === '' ? t('Show all runs') : t('Show runs that are like this');
  const apply: Item = { label: `$(filter) ${label}`, alwaysShow: true, act: { kind: 'apply' } };
  // before anything is typed, and within a word, one goes on typing
  return text.trim() === '' ? [...completions, apply] : [apply, ...completions];
}

/** Keys are read once; values of a key when somebody comes to it. */
class KnownWords implements Vocabulary {
  keys: Vocabulary['keys'] = {};
  busy = true;
  private readonly found = new Map<string, readonly string[]>();
  private readonly api: FilterApi;
  private readonly experiment: string;
  private readonly changed: () => void;

  constructor(api: FilterApi, experiment: string, changed: () => void) {
    this.api = api;
    this.experiment = experiment;
    this.changed = changed;
    void this.readKeys();
  }

  values(kind: SearchKind, key: string): readonly string[] {
    if (kind === 'attribute' && key === 'status') return ['FINISHED', 'RUNNING', 'FAILED', 'KILLED', 'SCHEDULED'];
    if (kind !== 'param' && kind !== 'tag') return [];
    const place = `${kind} ${key}`;
    const known = this.found.get(place);
    if (known) return known;
    this.found.set(place, []);
    void this.readValues(place, kind, key);
    return [];
  }

  /** Without them one types by heart: the filter works all the same. */
  private async readKeys(): Promise<void> {
    const keys = await this.api.searchKeys(this.experiment).catch(() => undefined);
    if (keys) this.keys = { metric: keys.metrics, param: keys.params, tag: keys.tags };
    this.busy = false;
    this.changed();
  }

  private async readValues(place: string, kind: 'param' | 'tag', key: string): Promise<void> {
    const answer = await this.api.searchValues(this.experiment, { kind, key }).catch(() => undefined);
    if (!answer) return;
    this.found.set(place, answer.values);
    this.changed();
  }
}

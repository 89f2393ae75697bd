import type { LinkState } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { commandLink, escaped } from './markdown.ts';
import { progressOf } from './pipeline-model.ts';
import type { Stores } from './stores.ts';

export interface StatusText {
  text: string;
  /** Markdown */
  tooltip: string;
  spoken: string;
  alarm?: 'warning' | 'error';
}

export type Known = Pick<Stores, 'tracking' | 'registry' | 'pipelines' | 'serving' | 'monitoring'>;

/** What the one item of the status bar says; nothing where there is no work of ours. */
export function statusText(state: LinkState, known: Known): StatusText | undefined {
  switch (state.kind) {
    case 'no-folder':
    case 'no-file':
      return undefined;
    case 'untrusted':
      return { ...plain('$(beaker) Crisol', t('This folder is not trusted: nothing runs in it.')) };
    case 'starting':
      return plain('$(sync~spin) Crisol', t('The daemon is starting.'));
    case 'reconnecting':
      return plain(`$(debug-disconnect) ${t('reconnecting')}`, t('The daemon is away; it is being started again.'));
    case 'stopped':
      return plain(`$(debug-disconnect) ${t('Crisol daemon stopped')}`, t('The Crisol daemon is stopped.'));
    case 'failed':
      return { ...failed(state.problem.code, state.problem.message, state.problem.hint), alarm: 'error' };
    case 'connected':
      return connected(known, state.outdated ? handOver(state.address.status.version, known) : undefined);
  }
}

function plain(text: string, sentence: string): StatusText {
  return { text, tooltip: escaped(sentence), spoken: `Crisol: ${sentence}` };
}

function failed(code: string, message: string, hint: string): StatusText {
  const links = [commandLink(t('Try again'), 'crisol.daemon.start'), commandLink(t('Show log'), 'crisol.showLog')];
  return {
    text: '$(error) Crisol',
    tooltip: `${escaped(code)}: ${escaped(message)}\n\n${escaped(hint)}\n\n${links.join(' · ')}`,
    spoken: `Crisol: ${message}`,
  };
}

/** An older daemon ends only when nothing is under way: what a person would have to wait for, or to stop. */
export function handOver(version: string, { pipelines, serving }: Pick<Known, 'pipelines' | 'serving'>): string {
  const run = pipelines.activeRun();
  const work = [...(run ? [run.name] : []), ...serving.ready().map(({ name }) => t('endpoint {0}', name))];
  if (work.length === 0)
    return t('The update of Crisol takes over from the daemon of version {0} in a moment.', version);
  const awaited = work.join(', ');
  return t(
    'The update of Crisol waits until this has ended: {0}. The daemon is that of version {1}.',
    awaited,
    version,
  );
}

/** What a stop of the daemon does to each piece of work, in sentences. */
export function effectsOfStop({
  pipelines,
  serving,
  monitoring,
}: Pick<Known, 'pipelines' | 'serving' | 'monitoring'>): string[] {
  const run = pipelines.activeRun();
  const progress = run && progressOf(run);
  const step = progress
    ? t('Step {0} of {1} goes on by itself. The daemon takes it up again when it starts.', progress.step, run.name)
    : undefined;
  const later = run ? t('The other steps of {0} wait until then.', run.name) : undefined;
  const served = serving
    .ready()
    .map(({ name }) => t('Endpoint {0} stops answering until the daemon starts again.', name));
  const watching =
    served.length > 0 && monitoring.monitors().length > 0 ? t('Monitors see no requests until then.') : undefined;
  return [step, later, ...served, watching].filter((sentence) => sentence !== undefined);
}

function connected(known: Known, update: string | undefined): StatusText {
  const lines = [...runningLines(known), ...servingLines(known), ...driftLines(known)];
  const note = update && `${escaped(update)} ${commandLink(t('Restart daemon'), 'crisol.daemon.restart')}`;
  const tooltip = [note, ...lines].filter(Boolean).join('\n\n');
  const sentence = tooltip === '' ? escaped(t('Nothing runs, nothing is served, nothing drifted.')) : tooltip;
  return { ...headline(known, update), tooltip: sentence };
}

/** The one thing that matters most now. */
function headline({ pipelines, monitoring }: Known, update: string | undefined): Omit<StatusText, 'tooltip'> {
  const run = pipelines.activeRun();
  const progress = run && progressOf(run);
  if (progress) {
    const text = `${progress.step} ${progress.place}/${progress.total}`;
    return { text: `$(sync~spin) ${text}`, spoken: t('Crisol runs {0}', text) };
  }
  const drifted = monitoring.driftedColumns();
  if (drifted > 0) {
    return {
      text: `$(warning) ${t('drift {0}', drifted)}`,
      spoken: drifted === 1 ? t('1 column drifted') : t('{0} columns drifted', drifted),
      alarm: 'warning',
    };
  }
  if (update) return { text: `$(history) ${t('Crisol: update waits')}`, spoken: update };
  return { text: '$(beaker) Crisol', spoken: 'Crisol' };
}

function runningLines({ pipelines }: Known): string[] {
  const run = pipelines.activeRun();
  return run ? [`$(sync) ${commandLink(`${run.pipeline}: ${run.name}`, 'crisol.runs.open', run.run_id)}`] : [];
}

function servingLines({ serving }: Known): string[] {
  return serving
    .ready()
    .map(({ name, version }) => `$(radio-tower) ${commandLink(`${name} v${version}`, 'crisol.endpoints.try', name)}`);
}

function driftLines({ monitoring }: Known): string[] {
  return monitoring
    .drifted()
    .map(({ name, sentence }) => `$(warning) ${commandLink(name, 'crisol.monitors.show', name)}: ${escaped(sentence)}`);
}

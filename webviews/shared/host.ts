import type { Signal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { AnyFromPanel, KeptState } from '../../schemas/panels/common.ts';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as a webview sees it. */
export interface Host<From, Look> {
  post(message: From): void;
  /** how the person arranged the panel: kept over reloads */
  readonly look: Signal<Look>;
  keep(change: Partial<Look>): void;
  /** kept likewise, for the next time the panel is opened: nothing is drawn anew for it */
  note(change: Partial<Look>): void;
}

/** Connects the panel. Messages that arrive between two pictures are handed over together, just before the next one. */
export function connectHost<To, From extends { type: string }, Look extends object>(
  defaults: Look,
  receive: (messages: To[]) => void,
): Host<From | AnyFromPanel, Look> {
  const api = acquireVsCodeApi();
  const subject: unknown = JSON.parse(document.getElementById('panel')?.dataset.subject ?? 'null');
  const look = signal<Look>({ ...defaults, ...keptLook<Look>(api.getState()) });
  let noted: Partial<Look> = {};
  const write = () => api.setState({ version: PANELS_VERSION, subject, look: { ...look.peek(), ...noted } });
  window.addEventListener('message', ({ data }: MessageEvent<To>) => collect(data));
  const collect = inFrames(receive);
  write();
  return {
    post: (message) => api.postMessage(message),
    look,
    keep: (change) => {
      look.value = { ...look.value, ...change };
      write();
    },
    note: (change) => {
      noted = { ...noted, ...change };
      write();
    },
  };
}

function keptLook<Look>(state: unknown): Partial<Look> {
  const kept = state as KeptState<unknown, Look> | undefined;
  return kept?.version === PANELS_VERSION ? kept.look : {};
}

function inFrames<T>(deliver: (items: T[]) => void): (item: T) => void {
  let waiting: T[] = [];
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) return;
    requestAnimationFrame(() => {
      const ready = waiting;
      waiting = [];
      deliver(ready);
    });
  };
}

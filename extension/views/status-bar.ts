import * as vscode from 'vscode';
import { systemClock } from '../daemon/clock.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { toMarkdown } from '../vscode/tree-item.ts';
import { coalesce } from './coalesce.ts';
import { statusText } from './status-model.ts';
import type { Stores } from './stores.ts';

const FASTEST_REDRAW_MS = 200;

/** One item: what is going on; a click lists what one would do now. */
export function createStatusBar(stores: Stores, link: DaemonLink): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('crisol.status', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Crisol';
  item.command = 'crisol.status';
  const draw = () => {
    const status = statusText(link.state, stores);
    if (!status) return item.hide();
    item.text = status.text;
    item.tooltip = toMarkdown(status.tooltip);
    item.accessibilityInformation = { label: status.spoken, role: 'button' };
    item.backgroundColor = status.alarm && new vscode.ThemeColor(`statusBarItem.${status.alarm}Background`);
    item.show();
  };
  const redraw = coalesce(systemClock, FASTEST_REDRAW_MS, draw);
  // how the connection is, is shown at once: it may change again within the pause
  return vscode.Disposable.from(item, stores.onChange(redraw), link.onState(draw));
}

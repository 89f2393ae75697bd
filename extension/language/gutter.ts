import * as vscode from 'vscode';
import type { DocumentSymbol } from 'vscode-languageclient';
import type { LiveStep } from '../../schemas/language/live.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import { systemClock } from '../daemon/clock.ts';
import { coalesce } from '../views/coalesce.ts';
import { gutterIcon } from './gutter-icons.ts';

export interface GutterParts {
  isOurs(document: vscode.TextDocument): boolean;
  /** the outline of a file, as the language server reads it */
  outline(uri: vscode.Uri): Promise<DocumentSymbol[]>;
  steps(): LiveStep[];
  /** what runs there is known of: crisol.yaml of the window's folder, and its parts */
  isKnown(uri: vscode.Uri): boolean;
}

const FASTEST_REDRAW_MS = 300;
const STATES: WorkState[] = ['pending', 'running', 'succeeded', 'failed', 'cancelled', 'skipped'];

/** In the margin beside each step a sign for how it last went, live while it runs. */
export class StepGutter implements vscode.Disposable {
  readonly refresh: () => void;
  private readonly parts: GutterParts;
  private readonly signs: ReadonlyMap<WorkState, vscode.TextEditorDecorationType>;
  private readonly following: vscode.Disposable;

  constructor(parts: GutterParts) {
    this.parts = parts;
    this.signs = new Map(STATES.map((state) => [state, signOf(state)]));
    this.refresh = coalesce(systemClock, FASTEST_REDRAW_MS, () => void this.drawAll());
    this.following = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(this.refresh),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // a line that is only typed in moves nothing
        const moves = contentChanges.some(({ text, range }) => text.includes('\n') || !range.isSingleLine);
        if (moves && parts.isOurs(document)) this.refresh();
      }),
    );
    this.refresh();
  }

  dispose(): void {
    this.following.dispose();
    for (const sign of this.signs.values()) sign.dispose();
  }

  private async drawAll(): Promise<void> {
    const ours = vscode.window.visibleTextEditors.filter(({ document }) => this.parts.isOurs(document));
    await Promise.all(ours.map((editor) => this.draw(editor)));
  }

  private async draw(editor: vscode.TextEditor): Promise<void> {
    const { uri, version } = editor.document;
    const outline = this.parts.isKnown(uri) ? await this.parts.outline(uri).catch(() => []) : [];
    // lines that have moved meanwhile are drawn by the change that moved them
    if (editor.document.version !== version) return;
    const went = new Map(this.parts.steps().map(({ name, state }) => [name, state]));
    const lines = Map.groupBy(linesOf(outline), ({ name }) => went.get(name));
    for (const [state, sign] of this.signs) {
      const places = (lines.get(state) ?? []).map(({ line }) => new vscode.Range(line, 0, line, 0));
      editor.setDecorations(sign, places);
    }
  }
}

function linesOf(outline: readonly DocumentSymbol[]): { name: string; line: number }[] {
  const steps = outline.find(({ name }) => name === 'steps')?.children ?? [];
  return steps.map(({ name, selectionRange }) => ({ name, line: selectionRange.start.line }));
}

function signOf(state: WorkState): vscode.TextEditorDecorationType {
  const icon = (on: 'light' | 'dark') => ({ gutterIconPath: vscode.Uri.parse(gutterIcon(state, on)) });
  return vscode.window.createTextEditorDecorationType({
    gutterIconSize: '75%',
    light: icon('light'),
    dark: icon('dark'),
    ...(state === 'failed'
      ? {
          overviewRulerColor: new vscode.ThemeColor('testing.iconFailed'),
          overviewRulerLane: vscode.OverviewRulerLane.Left,
        }
      : {}),
  });
}

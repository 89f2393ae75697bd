import * as vscode from 'vscode';
import { ENTER_RULES } from './indentation.ts';

/**
 * Rules for Enter belong to a language, and YAML is that of many others: of workflows and manifests, whose own extensions may have
 * rules that ours would take the place of. So they hold only while one of our files is typed in.
 */
export class EnterInOurFiles implements vscode.Disposable {
  private readonly isOurs: (document: vscode.TextDocument) => boolean;
  private readonly following: vscode.Disposable;
  private rules: vscode.Disposable | undefined;

  constructor(isOurs: (document: vscode.TextDocument) => boolean) {
    this.isOurs = isOurs;
    this.following = vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor));
    this.follow(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.following.dispose();
    this.rules?.dispose();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    const wanted = editor !== undefined && this.isOurs(editor.document);
    if (wanted === (this.rules !== undefined)) return;
    this.rules?.dispose();
    this.rules = wanted ? vscode.languages.setLanguageConfiguration('yaml', { onEnterRules: ENTER_RULES }) : undefined;
  }
}

import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { tracePlaces } from '../../schemas/trace-places.ts';

const SCHEME = 'crisol-log';

/** What a step's output says of files leads there. */
export function linkLogs(folder: () => vscode.Uri | undefined): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(
    { scheme: SCHEME },
    {
      provideDocumentLinks(document) {
        const root = folder();
        return tracePlaces(document.getText()).flatMap(({ start, length, file, line }) => {
          const target = targetOf(root, file);
          if (!target) return [];
          const range = new vscode.Range(document.positionAt(start), document.positionAt(start + length));
          return [new vscode.DocumentLink(range, target.with({ fragment: `L${line}` }))];
        });
      },
    },
  );
}

/** Steps run in the project's folder: that is where their relative paths begin. */
function targetOf(root: vscode.Uri | undefined, file: string): vscode.Uri | undefined {
  if (isAbsolute(file)) return vscode.Uri.file(file);
  return root && vscode.Uri.joinPath(root, file);
}

import type * as vscode from 'vscode';
import type { Api } from '../daemon/api.ts';
import type { Session } from '../daemon/session.ts';
import type { LanguageFeatures } from '../language/index.ts';
import type { Openers, Panels } from '../panels/index.ts';
import type { Trees } from '../views/index.ts';
import type { Stores } from '../views/stores.ts';
import type { Notebooks } from '../vscode/notebooks.ts';

/** What commands work with. */
export interface CommandContext {
  session: Session;
  api: Api;
  stores: Stores;
  trees: Trees;
  panels: Panels;
  openers: Openers;
  notebooks: Notebooks;
  language: Pick<LanguageFeatures, 'why'>;
  log: vscode.LogOutputChannel;
  /** the bundled command line */
  cli: string;
  /** the folder whose crisol.yaml this window works on */
  folder(): vscode.Uri | undefined;
}

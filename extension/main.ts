import * as vscode from 'vscode';
import { registerCommands } from './commands/index.ts';
import { goToPlace } from './commands/places.ts';
import { createApi } from './daemon/api.ts';
import { ArtifactReader } from './daemon/artifacts.ts';
import { systemClock } from './daemon/clock.ts';
import { Session } from './daemon/session.ts';
import { LanguageFeatures } from './language/index.ts';
import { createPanels } from './panels/index.ts';
import { speak } from './texts.ts';
import { createTrees } from './views/index.ts';
import { createStatusBar } from './views/status-bar.ts';
import { Stores } from './views/stores.ts';
import { announceState } from './vscode/announce.ts';
import { provideArtifactFiles } from './vscode/artifact-files.ts';
import { CrisolFolder } from './vscode/folder.ts';
import { tellInterpreter } from './vscode/interpreter.ts';
import { openLinks } from './vscode/links.ts';
import { showDaemonLog } from './vscode/log.ts';
import { createOpeners } from './vscode/openers.ts';
import { equipScripts } from './vscode/scripts.ts';
import { StepProblems } from './vscode/step-problems.ts';

/** The extension from top to bottom. What is heavy (sockets, the language client) loads later, when it is needed. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const inExtension = (path: string) => context.asAbsolutePath(path);
  speak(vscode.env.language, vscode.l10n.t);

  const log = own(vscode.window.createOutputChannel('Crisol', { log: true }));
  const session = own(
    new Session({
      cli: inExtension('dist/crisol.cjs'),
      version: String(context.extension.packageJSON.version),
      idleMinutes: () => vscode.workspace.getConfiguration('crisol').get('daemon.idleMinutes', 15),
      logMegabytes: () => vscode.workspace.getConfiguration('crisol').get('daemon.logMegabytes', 1000),
      log: (line) => log.info(line),
    }),
  );
  const api = createApi(session);
  const stores = own(new Stores(session, api, context.workspaceState));

  own(announceState(session, log));
  own(showDaemonLog(log, session));

  const trees = own(createTrees(stores, session));
  own(createStatusBar(stores, session));

  const folder = own(new CrisolFolder(session));
  const language = own(new LanguageFeatures({ inExtension, stores, api, link: session, folder: () => folder.current }));
  const { notebooks } = own(equipScripts(context, { link: session, folder: () => folder.current, log }));
  own(new StepProblems({ stores, api, folder: () => folder.current }));
  own(tellInterpreter({ link: session, api, folder: () => folder.current, log }));
  const artifacts = new ArtifactReader(session);
  own(provideArtifactFiles(artifacts, session));
  const openers = createOpeners(() => folder.current, artifacts);
  const { extensionUri } = context;
  const panels = own(createPanels({ extensionUri, link: session, api, artifacts, openers, clock: systemClock }));
  own(openLinks(session, (place) => goToPlace({ api, panels, trees }, place)));
  registerCommands({
    session,
    api,
    stores,
    trees,
    panels,
    openers,
    notebooks,
    language,
    log,
    cli: inExtension('dist/crisol.cjs'),
    folder: () => folder.current,
  }).forEach(own);
}

import type { Connection } from 'vscode-languageserver';
import type { Client } from '../client/client.ts';
import { ParamsFilesFollowed } from '../client/watching.ts';
import { dvcDiagnostics } from '../dvc/diagnostics.ts';
import { diagnostics } from '../features/diagnostics.ts';
import type { Known } from '../known/known.ts';
import { afterBurst } from './burst.ts';
import type { Checked } from './publisher.ts';
import { Publisher } from './publisher.ts';
import { Typing } from './typing.ts';

/** Tells the editor what is wrong, whenever a file changes there or on the disk. Gives back how to tell what is new besides. */
export function keepTold(connection: Connection, client: Client, known: Known): () => void {
  const { texts, files, workspace, dvc } = known;
  const paramsFiles = new ParamsFilesFollowed(connection);
  const typing = new Typing({ later, paused: () => tell() });
  const publisher = new Publisher({
    all: () =>
      checked(known, client).map(({ uri, diagnostics }) => ({ uri, diagnostics: typing.toldOf(uri, diagnostics) })),
    versionOf: (uri) => texts.get(uri)?.version,
    send: (params) => void connection.sendDiagnostics(params),
  });
  const tell = (changed?: ReadonlySet<string>): void => {
    publisher.publish(changed);
    if (!client.registers.documents) return;
    paramsFiles.follow([...new Set([...workspace.paramsFiles(), ...dvc.paramsFiles()])]);
  };
  // what one types fast, or an editor sends in pieces, is told about once
  const tellSoon = afterBurst<string>(tell);
  // nothing of it may be taken for what somebody opens next under its name
  const forgetSoon = afterBurst<string>(() => {
    workspace.forgetClosed();
    files.keep(texts.all().map(({ uri }) => uri));
  });
  texts.follow(connection, {
    changed(document) {
      typing.changed(document);
      workspace.changed(document.uri);
      tellSoon(document.uri);
    },
    closed(uri) {
      typing.closed(uri);
      workspace.closed(uri);
      dvc.closed(uri);
      tellSoon(uri);
      forgetSoon(uri);
    },
    // an editor that watches no files tells at least what it saves itself
    saved: (uri) => files.changed([uri]),
  });
  connection.onDidChangeWatchedFiles(({ changes }) => files.changed(changes.map(({ uri }) => uri)));
  files.onChange(() => {
    workspace.changed();
    tell();
  });
  return () => tell();
}

const checked = ({ workspace, dvc, live }: Known, { docs }: Client): Checked[] => [
  ...workspace.all().map((file) => ({ uri: file.uri, diagnostics: diagnostics(file, live.of(file.uri), docs) })),
  ...dvc.all().map(({ uri, file }) => ({ uri, diagnostics: dvcDiagnostics(file, uri) })),
];

function later(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

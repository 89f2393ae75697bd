import type { Connection } from 'vscode-languageserver';
import { VERSION } from '../schemas/version.ts';
import { answerRequests } from './answers/requests.ts';
import type { Client } from './client/client.ts';
import { clientOf } from './client/client.ts';
import { connect } from './client/connect.ts';
import { offerFormatting } from './client/formatting.ts';
import { hearLive } from './client/hear-live.ts';
import { offerTo } from './client/offer.ts';
import { watchFiles } from './client/watching.ts';
import { DvcDocuments } from './dvc/documents.ts';
import type { Known } from './known/known.ts';
import { OpenTexts } from './known/open-texts.ts';
import { Live } from './live/live.ts';
import { rest } from './memory.ts';
import { Workspace } from './projects/workspace.ts';
import { DiskFiles } from './providers/disk-files.ts';
import { Silence } from './silence.ts';
import { keepTold } from './telling/telling.ts';

/** Soon, since V8 forgets again what it compiled and did not need for a while; and not while somebody types. */
const KEEP_MS = 2000;
/** Whoever types pauses for seconds: the first keys after a rest take longer than others. */
const REST_MS = 60_000;

/** `keepCompiled`: for the next server, once there was a file to tell about. */
export function serve(keepCompiled?: () => Promise<void>): void {
  const silence = new Silence();
  const connection = connect(silence.heard);
  silence.after(REST_MS, rest());
  connection.onInitialize((params) => {
    const client = clientOf(params);
    const { texts } = know(connection, client);
    silence.after(KEEP_MS, keepAtPauses(texts, keepCompiled));
    return { serverInfo: { name: 'crisol', version: VERSION }, capabilities: offerTo(client) };
  });
  connection.listen();
}

/** What a session needs it has needed after a few pauses. */
const PAUSES = 5;

function keepAtPauses(texts: OpenTexts, keep?: () => Promise<void>): () => void {
  let left = PAUSES;
  return () => {
    if (texts.all().length === 0 || left === 0) return;
    left--;
    void keep?.();
  };
}

/** What is known, what is told of it, and what is asked about it. */
function know(connection: Connection, client: Client): Known {
  const texts = new OpenTexts();
  const files = new DiskFiles();
  const live = new Live();
  const workspace = new Workspace(texts, files, client.folders, (folder) => live.registryOf(folder));
  const known: Known = { texts, files, workspace, dvc: new DvcDocuments(texts, files), live };

  const tell = keepTold(connection, client, known);
  hearLive(connection, client, known, tell);
  answerRequests(connection, client, known);
  connection.onInitialized(() => {
    if (client.registers.watchers) void watchFiles(connection);
    if (client.registers.formatting) offerFormatting(connection).catch(() => undefined);
  });
  return known;
}

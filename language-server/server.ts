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
import { restInSilence } from './memory.ts';
import { Workspace } from './projects/workspace.ts';
import { DiskFiles } from './providers/disk-files.ts';
import { keepTold } from './telling/telling.ts';

const connection = connect(restInSilence());
connection.onInitialize((params) => {
  const client = clientOf(params);
  serve(client);
  return { serverInfo: { name: 'crisol', version: VERSION }, capabilities: offerTo(client) };
});
connection.listen();

/** What is known, what is told of it, and what is asked about it. */
function serve(client: Client): void {
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
}

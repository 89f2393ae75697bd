import type { DataCallback, Disposable } from 'vscode-languageserver/node';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { Door, REFUSED, refused } from './door.ts';

/** Reads messages; one that nobody understands is no reason to lose the next. */
class Reader extends StreamMessageReader {
  readonly #heard: () => void;

  constructor(input: NodeJS.ReadableStream, heard: () => void) {
    super(input);
    this.#heard = heard;
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.#heard();
      try {
        callback(message);
      } catch {
        // such as a cancellation of nothing
      }
    });
  }
}

/** The editor at the other end of standard input and output. The server ends with either. `heard`: called at each message. */
export function connect(heard: () => void) {
  const door = new Door();
  const reader = new Reader(process.stdin, heard);
  // who lies about the length of one message loses all that follow: an editor then starts the server anew
  reader.onError((failure) => {
    if (!(failure instanceof SyntaxError)) end(`The input is not the Language Server Protocol: ${failure.message}\n`);
  });
  for (const over of ['end', 'close']) process.stdin.once(over, () => process.exit(door.isShut ? 0 : 1));
  const strategies = { messageStrategy: door, connectionStrategy: door };
  const connection = createConnection(
    ProposedFeatures.all,
    reader,
    new StreamMessageWriter(process.stdout),
    strategies,
  );
  connection.onRequest(REFUSED, refused);
  return connection;
}

function end(sentence: string): void {
  process.stderr.write(sentence);
  process.exit(1);
}

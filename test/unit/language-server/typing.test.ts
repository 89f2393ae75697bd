import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics } from '../../../language-server/features/diagnostics.ts';
import { Analyses } from '../../../language-server/projects/analysis.ts';
import { PAUSE_MS, Typing } from '../../../language-server/telling/typing.ts';

const URI = 'file:///somewhere/crisol.yaml';

/** A file that somebody types in, and what they are told. */
class Person {
  readonly #analyses = new Analyses();
  readonly #waiting = new Set<() => void>();
  readonly #typing = new Typing({
    later: (act, ms) => {
      expect(ms).toBe(PAUSE_MS);
      this.#waiting.add(act);
      return () => this.#waiting.delete(act);
    },
    paused: () => this.#look(),
  });
  readonly #document: TextDocument;
  /** what was told after each key */
  readonly flashes: string[][] = [];

  constructor(text: string) {
    this.#document = TextDocument.create(URI, 'yaml', 0, text);
    this.#typing.changed(this.#document);
    this.#look();
  }

  get sees(): string[] {
    return this.flashes.at(-1) ?? [];
  }

  type(text: string): this {
    for (const key of text) this.insert(key);
    return this;
  }

  insert(text: string): this {
    const at = this.#document.positionAt(this.#document.getText().length);
    TextDocument.update(this.#document, [{ range: { start: at, end: at }, text }], this.#document.version + 1);
    this.#typing.changed(this.#document);
    this.#look();
    return this;
  }

  pause(): this {
    const [act] = this.#waiting;
    this.#waiting.clear();
    act?.();
    return this;
  }

  #look(): void {
    const analysis = this.#analyses.of(this.#document);
    const found = analysis ? diagnostics(analysis, null) : [];
    this.flashes.push(this.#typing.toldOf(URI, found).map(({ message }) => String(message)));
  }
}

const START =
  'version: 1\nsteps:\n  prepare: {run: python prepare.py, outs: build/a.csv}\n  train:\n    run: python train.py\n';

it('nobody is told of half a word', () => {
  const person = new Person(START).type('    needs: prepare\n    deps:\n      - build/a.csv\n    outs: build/model\n');
  expect(person.flashes.flat()).toEqual([]);
  expect(person.pause().sees).toEqual([]);
});

it('who pauses is told, and is told no longer as soon as it is right', () => {
  const person = new Person(START).type('    needs: prepa');
  expect(person.sees).toEqual([]);
  expect(person.pause().sees).toEqual([expect.stringMatching(/no step `prepa`/)]);
  expect(person.type('re').sees).toEqual([]);
});

it('a line that was left is told of at once', () => {
  expect(new Person(START).type('    needs: nobody\n').sees).toEqual([expect.stringMatching(/no step `nobody`/)]);
});

it('what was pasted or completed is told of at once', () => {
  expect(new Person(START).insert('    needs: nobody').sees).toEqual([expect.stringMatching(/no step `nobody`/)]);
});

it('what was told before stays while one types on beside it', () => {
  const person = new Person(START).type('    needs: nobody').pause();
  const told = person.sees;
  expect(told).toHaveLength(1);
  expect(person.type(' # not yet').flashes.slice(-10)).toEqual(Array.from({ length: 10 }, () => told));
});

it('a place elsewhere that half a word makes wrong waits, too', () => {
  const person = new Person(START).type('    outs: build');
  expect(person.flashes.flat()).toEqual([]);
  expect(person.pause().sees).toEqual([expect.stringMatching(/writes all of `build`/)]);
  expect(person.type('/model').sees).toEqual([]);
});

it('a param is not told to be idle while somebody types what may use it', () => {
  const person = new Person('version: 1\nparams: {depth: 3}\n').type(
    `steps:\n  a:\n    run: echo 1\n    deps: []\n    env: {A: "\${{ params.dep`,
  );
  expect(person.flashes.flat().filter((told) => told.startsWith('Nothing uses'))).toEqual([]);
  person.type(`th }}"}\n`).pause();
  expect(person.sees.filter((told) => told.startsWith('Nothing uses'))).toEqual([]);
  const idle = new Person('version: 1\nparams: {depth: 3}\n').type('steps:\n  a:\n    run: echo 1\n').pause();
  expect(idle.sees).toEqual([expect.stringMatching(/^Nothing uses `params\.depth`/)]);
});

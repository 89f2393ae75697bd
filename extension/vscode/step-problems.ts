import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { failureIn } from '../../schemas/pipelines/traceback.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Api } from '../daemon/api.ts';
import { systemClock } from '../daemon/clock.ts';
import { t } from '../texts.ts';
import { coalesce } from '../views/coalesce.ts';
import type { PlaceOfFailure } from '../views/failure-place.ts';
import { placeOfFailure } from '../views/failure-place.ts';
import type { Stores } from '../views/stores.ts';

export interface StepProblemsParts {
  stores: Pick<Stores, 'pipelines' | 'onChange'>;
  api: Pick<Api, 'stepLog'>;
  folder(): vscode.Uri | undefined;
}

const SOURCE = 'crisol run';
const TAIL_BYTES = 64 * 1024;
const LOOK_AT_MOST_EVERY_MS = 500;
/** Of a matrix whose variants all fail, so many tell enough. */
const MOST = 50;

interface Ended {
  run: PipelineRun;
  step: StepRun;
}

interface Problem {
  /** the attempt that it is of */
  key: string;
  uri: vscode.Uri;
  diagnostic: vscode.Diagnostic;
}

/** Where Python code of a step failed, among the problems: until the step succeeds, or a person edits that line. */
export class StepProblems implements vscode.Disposable {
  private readonly parts: StepProblemsParts;
  private readonly shown = vscode.languages.createDiagnosticCollection(SOURCE);
  /** by step; of those without a place the key alone, so that they are read once */
  private readonly known = new Map<string, Problem | { key: string }>();
  private readonly disposables: vscode.Disposable[];
  private reading: Promise<void> = Promise.resolve();

  constructor(parts: StepProblemsParts) {
    this.parts = parts;
    const look = coalesce(systemClock, LOOK_AT_MOST_EVERY_MS, () => this.look());
    this.disposables = [
      this.shown,
      vscode.Disposable.from(parts.stores.onChange((room) => room === 'pipelines' && look())),
      vscode.workspace.onDidChangeTextDocument((change) => this.edited(change)),
    ];
  }

  dispose(): void {
    for (const item of this.disposables) item.dispose();
  }

  private look(): void {
    const newest = newestResults(this.parts.stores.pipelines.runs);
    for (const name of this.known.keys()) if (newest.get(name)?.step.state !== 'failed') this.forget(name);
    const failed = [...newest.values()].filter(({ step }) => step.state === 'failed').slice(0, MOST);
    for (const ended of failed) {
      const key = `${ended.run.run_id}/${ended.step.attempt ?? 1}`;
      if (this.known.get(ended.step.name)?.key === key) continue;
      this.forget(ended.step.name);
      this.known.set(ended.step.name, { key });
      this.reading = this.reading.then(() => this.read(ended, key)).catch(() => undefined);
    }
  }

  private async read({ run, step }: Ended, key: string): Promise<void> {
    const folder = this.parts.folder();
    if (!folder || step.started_at === null) return;
    const { text } = await this.parts.api.stepLog(run.run_id, step.name, { offset: -TAIL_BYTES });
    const failure = failureIn(text);
    const place = failure && placeOfFailure(failure, folder.fsPath);
    if (!place || (await isNewer(place.path, step.ended_at ?? run.ended_at))) return;
    const uri = vscode.Uri.file(place.path);
    const diagnostic = await diagnosticOf(uri, place, step.name);
    if (!diagnostic || this.known.get(step.name)?.key !== key) return;
    this.known.set(step.name, { key, uri, diagnostic });
    this.show(uri);
  }

  private forget(name: string): void {
    const problem = this.known.get(name);
    this.known.delete(name);
    if (problem && 'uri' in problem) this.show(problem.uri);
  }

  private show(uri: vscode.Uri): void {
    const here = this.problemsIn(uri).map(([, { diagnostic }]) => diagnostic);
    this.shown.set(uri, here);
  }

  private problemsIn(uri: vscode.Uri): [string, Problem][] {
    return [...this.known].flatMap(([name, problem]): [string, Problem][] =>
      'uri' in problem && problem.uri.toString() === uri.toString() ? [[name, problem]] : [],
    );
  }

  /** What stands on another line moves with it. */
  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const here = this.problemsIn(document.uri);
    if (here.length === 0 || contentChanges.length === 0) return;
    for (const [name, problem] of here) {
      const moved = contentChanges.reduce<number | null>(
        (line, change) => (line === null ? null : lineAfter(line, change)),
        problem.diagnostic.range.start.line,
      );
      if (moved === null) this.known.set(name, { key: problem.key });
      else this.known.set(name, { ...problem, diagnostic: movedTo(problem.diagnostic, moved) });
    }
    this.show(document.uri);
  }
}

/** What became of each step the last time that it ran to an end. */
function newestResults(runs: readonly PipelineRun[]): Map<string, Ended> {
  const newest = new Map<string, Ended>();
  for (const run of runs) {
    for (const step of run.steps) {
      const hasRun = step.state === 'failed' || step.state === 'succeeded';
      if (hasRun && !newest.has(step.name)) newest.set(step.name, { run, step });
    }
  }
  return newest;
}

/** Edited since: the line is another one by now. */
async function isNewer(path: string, than: number | null): Promise<boolean> {
  const { mtimeMs } = await stat(path);
  return than !== null && mtimeMs > than;
}

async function diagnosticOf(
  uri: vscode.Uri,
  { line, error, related }: PlaceOfFailure,
  step: string,
): Promise<vscode.Diagnostic | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (line > document.lineCount) return undefined;
  const { range, firstNonWhitespaceCharacterIndex: first } = document.lineAt(line - 1);
  const diagnostic = new vscode.Diagnostic(range.with(range.start.translate(0, first)), error);
  diagnostic.source = SOURCE;
  diagnostic.code = step;
  diagnostic.relatedInformation = related.map((place) => {
    const at = new vscode.Location(vscode.Uri.file(place.path), new vscode.Position(place.line - 1, 0));
    return new vscode.DiagnosticRelatedInformation(at, wordsOf(place.words));
  });
  return diagnostic;
}

/** The name of a function, or what Python calls the file itself, or another error. */
function wordsOf(words: string): string {
  if (words === '' || words === '<module>') return t('in the file itself');
  return words.includes(':') ? words : t('in {0}', words);
}

/** Null: the line itself was edited. */
function lineAfter(line: number, { range, text }: vscode.TextDocumentContentChangeEvent): number | null {
  const { start, end } = range;
  const added = text.split('\n').length - 1;
  const isBefore = end.line < line || (end.line === line && end.character === 0 && start.isBefore(end));
  const isLineAbove = range.isEmpty && start.line === line && start.character === 0 && text.endsWith('\n');
  if (isBefore || isLineAbove) return line + added - (end.line - start.line);
  return start.line > line ? line : null;
}

function movedTo(diagnostic: vscode.Diagnostic, line: number): vscode.Diagnostic {
  const { start, end } = diagnostic.range;
  const moved = new vscode.Diagnostic(
    new vscode.Range(line, start.character, line, end.character),
    diagnostic.message,
    diagnostic.severity,
  );
  return Object.assign(moved, {
    source: diagnostic.source,
    code: diagnostic.code,
    relatedInformation: diagnostic.relatedInformation,
  });
}

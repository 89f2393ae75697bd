import type { RegistryFacts } from '../../schemas/language/check/registry.ts';
import type { Facts } from '../../schemas/language/check/whole.ts';
import type { Diagnostic } from '../../schemas/language/diagnostic.ts';
import type { PipelineFile } from '../../schemas/language/parse.ts';
import { parsePipelineFile } from '../../schemas/language/parse.ts';
import { whyTooLong } from '../../schemas/language/project/files.ts';
import type { FileAnswer, ParamsFile, Project } from '../../schemas/language/project/index.ts';
import { readParamsFile, readProject } from '../../schemas/language/project/index.ts';
import type { PipelineFileRole } from '../../schemas/language/protocol.ts';
import { PIPELINE_FILE_NAME, pipelineFileRole } from '../../schemas/language/protocol.ts';
import type { Column, Files, FolderEntry } from '../providers/files.ts';
import { fileIn, folderOf, pathFrom, plain } from './addresses.ts';
import type { Analyses, TextSource } from './analysis.ts';

/** A project as the editor has it now: open texts over the disk. */
export interface OpenProject {
  /** address of the folder of crisol.yaml */
  folder: string;
  project: Project;
  /** the files that were asked for, also those that are not there */
  asked: ReadonlySet<string>;
  addressOf(path: string): string;
  /** what the disk has, as far as it was looked at */
  stateOf: Facts['stateOf'];
  list(path: string): readonly FolderEntry[] | null;
  columnsOf(path: string): readonly Column[] | null;
  /** what would be told of a file if it had this text */
  diagnosticsIf(path: string, text: string): readonly Diagnostic[];
}

export interface OpenDocuments {
  get(address: string): TextSource | undefined;
  all(): readonly TextSource[];
}

type Parse = (path: string, text: string, role: PipelineFileRole) => PipelineFile;

/** What the registry of the project in this folder holds; null while nobody knows. */
export type RegistryOf = (folder: string) => RegistryFacts | null;

interface Parts {
  analyses: Analyses;
  documents: OpenDocuments;
  files: Files;
  /** no crisol.yaml is looked for above these */
  folders: readonly string[];
  registryOf: RegistryOf;
}

/** Finds the project of a file, and reads it once for each state of its files. */
export class Projects {
  readonly #analyses: Analyses;
  readonly #documents: OpenDocuments;
  readonly #files: Files;
  readonly #folders: readonly string[];
  readonly #registryOf: RegistryOf;
  readonly #projects = new Map<string, OpenProject>();
  readonly #parts = new Map<string, { text: string; file: PipelineFile }>();
  readonly #params = new Map<string, { answer: FileAnswer; file: ParamsFile }>();

  constructor({ analyses, documents, files, folders, registryOf }: Parts) {
    this.#analyses = analyses;
    this.#documents = documents;
    this.#files = files;
    this.#folders = folders;
    this.#registryOf = registryOf;
  }

  /** Null for a file that is none of ours. */
  of(address: string): { open: OpenProject; path: string } | null {
    const role = pipelineFileRole(address);
    if (role === null) return null;
    const folder = folderOf(address);
    const name = pathFrom(folder, address) ?? '';
    if (role === 'main') return { open: this.#open(folder, name), path: name };
    return this.#above(address) ?? { open: this.#open(folder, name), path: name };
  }

  /** Those of open files, each once. */
  ofOpenFiles(): OpenProject[] {
    return [...new Set(this.#documents.all().flatMap(({ uri }) => this.of(uri)?.open ?? []))];
  }

  /** The projects of open files that have this file, in whatever role. */
  using(address: string): OpenProject[] {
    const wanted = plain(address);
    return this.ofOpenFiles().filter(({ asked }) => asked.has(wanted));
  }

  /** What was read with these files is read anew; without any, everything is. */
  forget(addresses?: readonly string[]): void {
    const gone = addresses?.map(plain);
    for (const [key, { asked }] of this.#projects) {
      if (!gone || gone.some((address) => asked.has(address))) this.#projects.delete(key);
    }
  }

  /** Nothing is kept of projects that no open file belongs to. */
  forgetUnused(): void {
    const used = this.ofOpenFiles();
    const asked = new Set(used.flatMap((open) => [...open.asked]));
    for (const [key, open] of this.#projects) if (!used.includes(open)) this.#projects.delete(key);
    for (const kept of [this.#parts, this.#params]) {
      for (const address of kept.keys()) if (!asked.has(plain(address))) kept.delete(address);
    }
  }

  /** The nearest crisol.yaml in the folders above, if it includes the part. */
  #above(address: string): { open: OpenProject; path: string } | null {
    const top = this.#folders.find((folder) => pathFrom(folder, address) !== null);
    for (let folder = folderOf(address); folder.includes('://'); folder = folderOf(folder)) {
      const main = this.#read(folder, PIPELINE_FILE_NAME);
      if (main === 'unknown') return null;
      if (main !== 'missing') {
        const open = this.#open(folder, PIPELINE_FILE_NAME);
        const path = pathFrom(folder, address) ?? '';
        return open.project.members.some((member) => member.path === path) ? { open, path } : null;
      }
      if (folder === top || folder.endsWith('/')) return null;
    }
    return null;
  }

  #read(folder: string, path: string): FileAnswer {
    const document = this.#documents.get(fileIn(folder, path));
    if (!document) return this.#files.read(folder, path);
    const text = document.getText();
    return whyTooLong(text.length) ?? { text };
  }

  #open(folder: string, main: string): OpenProject {
    const key = `${folder}\n${main}`;
    const known = this.#projects.get(key);
    if (known) return known;
    const asked = new Set<string>();
    const addressOf = (path: string) => fileIn(folder, path);
    const read = (path: string): FileAnswer => {
      asked.add(plain(addressOf(path)));
      return this.#read(folder, path);
    };
    const stateOf: Facts['stateOf'] = (path) => this.#files.stateOf(folder, path);
    // only that of crisol.yaml is run
    const isRun = main === PIPELINE_FILE_NAME;
    const facts: Facts = { stateOf, registry: () => (isRun ? this.#registryOf(folder) : null) };
    const list = (path: string) => this.#files.list(folder, path);
    // looked at ahead, so that the first path that is written is completed
    list('');
    const parse: Parse = (path, text, role) => this.#parse(addressOf(path), text, role);
    const params = (path: string, answer: FileAnswer) => this.#readParams(addressOf(path), path, answer);
    const project = readProject(main, { read }, { facts, parse, params });
    const columnsOf = (path: string) => this.#files.columnsOf(folder, path);
    const diagnosticsIf = (changed: string, text: string) => {
      const files = { read: (path: string) => (path === changed ? { text } : this.#read(folder, path)) };
      const parseAnew: Parse = (path, source, role) =>
        path === changed ? parsePipelineFile(source, { role }) : parse(path, source, role);
      return readProject(main, files, { facts, parse: parseAnew, params }).diagnosticsOf(changed);
    };
    const open = { folder, project, asked, addressOf, stateOf, list, columnsOf, diagnosticsIf };
    this.#projects.set(key, open);
    return open;
  }

  #parse(address: string, text: string, role: PipelineFileRole): PipelineFile {
    const document = this.#documents.get(address);
    const analysis = document && this.#analyses.of(document);
    if (analysis) return analysis;
    const known = this.#parts.get(address);
    if (known?.text === text) return known.file;
    const file = parsePipelineFile(text, { role });
    this.#parts.set(address, { text, file });
    return file;
  }

  #readParams(address: string, path: string, answer: FileAnswer): ParamsFile {
    const known = this.#params.get(address);
    if (known && JSON.stringify(known.answer) === JSON.stringify(answer)) return known.file;
    const file = readParamsFile(path, answer);
    this.#params.set(address, { answer, file });
    return file;
  }
}

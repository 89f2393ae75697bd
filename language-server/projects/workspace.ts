import type { Diagnostic } from '../../schemas/language/diagnostic.ts';
import type { Files } from '../providers/files.ts';
import { plain } from './addresses.ts';
import type { Analysis } from './analysis.ts';
import { Analyses } from './analysis.ts';
import type { OpenDocuments, OpenProject, RegistryOf } from './projects.ts';
import { Projects } from './projects.ts';
import type { Navigable, Source } from './sources.ts';
import { paramsSource, sourcesIn } from './sources.ts';

/** The open files of an editor, each known together with its project. */
export class Workspace {
  readonly #documents: OpenDocuments;
  readonly #analyses = new Analyses();
  readonly #projects: Projects;
  /** made once for each state of a project */
  readonly #inProject = new WeakMap<OpenProject, Map<string, Analysis>>();

  /** `folders`: those of the editor. No crisol.yaml is looked for above them. What the registry holds is asked when a file is checked. */
  constructor(documents: OpenDocuments, files: Files, folders: readonly string[], registryOf: RegistryOf) {
    this.#documents = documents;
    this.#projects = new Projects({ analyses: this.#analyses, documents, files, folders, registryOf });
  }

  /** The newest version of an open file, or one that belongs to an open one; null for any other. */
  analysisOf(address: string): Analysis | null {
    const document = this.#documents.get(address);
    const own = document && this.#analyses.of(document);
    if (!own) return this.all().find(({ uri }) => plain(uri) === plain(address)) ?? null;
    const found = this.#projects.of(address);
    return found ? (this.#of(found.open, found.path) ?? own) : own;
  }

  /** All files of our language in the projects of the open ones, open or not. */
  all(): Analysis[] {
    return this.#projects
      .ofOpenFiles()
      .flatMap((project) => project.project.members.flatMap(({ path }) => this.#of(project, path) ?? []));
  }

  /** A params file of an open project, as names are followed from there. */
  paramsFileOf(address: string): Navigable | null {
    const wanted = plain(address);
    for (const project of this.#projects.using(address)) {
      const file = project.project.paramsFiles.find(({ path }) => plain(project.addressOf(path)) === wanted);
      const source = file && paramsSource(file, address);
      if (source) return { ...source, project };
    }
    return null;
  }

  /** All files in which a name may stand, of all those projects. */
  sources(): Source[] {
    const sources = this.#projects.ofOpenFiles().flatMap((project) => sourcesIn(project));
    return [...new Map(sources.map((source) => [source.uri, source])).values()];
  }

  /** Addresses of all params files that the projects of open files name. */
  paramsFiles(): string[] {
    const addresses = this.#projects
      .ofOpenFiles()
      .flatMap(({ project, addressOf }) => project.paramsFiles.map(({ path }) => addressOf(path)));
    return [...new Set(addresses)].sort();
  }

  /** An open file was opened, changed or closed; without an address, anything may have changed, also in the registry. */
  changed(address?: string): void {
    this.#projects.forget(address === undefined ? undefined : [address]);
  }

  closed(address: string): void {
    this.#analyses.forget(address);
    this.changed(address);
  }

  forgetClosed(): void {
    this.#projects.forgetUnused();
  }

  #of(open: OpenProject, path: string): Analysis | null {
    const known = this.#inProject.get(open) ?? new Map<string, Analysis>();
    this.#inProject.set(open, known);
    const analysis = known.get(path) ?? this.#analyse(open, path);
    if (analysis) known.set(path, analysis);
    return analysis;
  }

  #analyse(open: OpenProject, path: string): Analysis | null {
    const member = open.project.members.find((other) => other.path === path);
    if (!member) return null;
    const document = this.#documents.get(open.addressOf(path));
    const uri = document?.uri ?? open.addressOf(path);
    // not copied: alone, its diagnostics would be made, too
    const { document: read, model, expressions, names, suppressions, view } = member.file;
    let told: Diagnostic[] | undefined;
    return {
      document: read,
      model,
      expressions,
      names,
      suppressions,
      view,
      uri,
      version: document?.version ?? 0,
      project: open,
      get diagnostics() {
        told ??= open.project.diagnosticsOf(path).map((found) => withAddresses(found, open));
        return told;
      },
    };
  }
}

/** Editors know no paths of a project. */
function withAddresses(found: Diagnostic, { addressOf }: OpenProject): Diagnostic {
  const related = found.related?.map((place) => ({ ...place, ...(place.path && { path: addressOf(place.path) }) }));
  return { ...found, related };
}

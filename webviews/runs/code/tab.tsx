import type { ComponentChildren, VNode } from 'preact';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import type { RunOrigin } from '../../../schemas/panels/run-details.ts';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import type { GitState, Machine, SourceProgram } from '../../../schemas/wire/run-source.ts';
import type { Host } from '../../shared/host.ts';
import { Loading, Problem, Warning } from '../../shared/states.tsx';
import { Button } from '../../shared/toolkit.ts';
import type { DetailsState } from '../details-state.ts';
import type { RunsLook } from '../look.ts';
import { DataPart } from './data-part.tsx';
import { PackagesPart } from './packages-part.tsx';

export interface CodeProps {
  details: DetailsState;
  host: Host<FromRunsPanel, RunsLook>;
}

/** What ran: the code, the command, what it read, and where. */
export function CodeTab({ details: { origin, originProblem }, host }: CodeProps): VNode {
  if (!origin) {
    if (!originProblem) return <Loading what="Loading what ran…" />;
    return (
      <div class="tab">
        <Problem problem={originProblem} />
        <Button onPress={() => host.post({ type: 'runs/read-origin' })}>Try again</Button>
      </div>
    );
  }
  const { programs, machine } = origin.source;
  return (
    <div class="tab code-tab">
      <div class="toolbar">
        <Button
          title="Shows the commands that run it again; none of them is carried out"
          onPress={() => host.post({ type: 'runs/reproduce' })}
        >
          Reproduce…
        </Button>
      </div>
      <CodePart origin={origin} host={host} />
      {programs.map((program, at) => (
        <ProgramPart key={at} program={program} host={host} />
      ))}
      <DataPart origin={origin} />
      {machine ? <MachinePart machine={machine} /> : null}
      <PackagesPart programs={programs} host={host} />
    </div>
  );
}

function CodePart({ origin, host }: { origin: RunOrigin; host: CodeProps['host'] }): VNode {
  const { git, entry } = origin.source;
  return (
    <section aria-labelledby="part-code">
      <h2 id="part-code">Code</h2>
      {entry === null && !git ? (
        <p class="muted">Not known. Of what runs in a git repository, commit and diff are kept.</p>
      ) : null}
      <Facts>
        {entry === null ? null : <Fact name="Entry">{entry}</Fact>}
        {git ? <GitFacts git={git} /> : null}
      </Facts>
      {git && git.diff !== '' ? (
        <Button onPress={() => host.post({ type: 'runs/show-changes' })}>Show changes</Button>
      ) : null}
      {git && git.untracked.length > 0 ? (
        <details>
          <summary>
            {git.untracked.length} {git.untracked.length === 1 ? 'file that git does' : 'files that git does'} not know
          </summary>
          <ul>
            {git.untracked.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function GitFacts({ git }: { git: GitState }): VNode {
  const { commit, branch, dirty, diff_complete } = git;
  const tree = dirty === null ? 'not known' : dirty ? 'changed since the commit' : 'as committed';
  return (
    <>
      <Fact name="Commit">{commit ? <code>{commit}</code> : 'none yet'}</Fact>
      {branch ? <Fact name="Branch">{branch}</Fact> : null}
      <Fact name="Working tree">
        {tree}
        {diff_complete ? null : (
          <>
            {' · '}
            <Warning>Not all changes were kept.</Warning>
          </>
        )}
      </Fact>
    </>
  );
}

function ProgramPart({ program, host }: { program: SourceProgram; host: CodeProps['host'] }): VNode {
  const line = program.command.map(asWord).join(' ');
  return (
    <section aria-label={`Command ${line}`}>
      <h2>Command</h2>
      <pre class="command">{line}</pre>
      <div class="toolbar">
        <Button onPress={() => host.post({ type: 'copy', text: line, what: 'the command line' })}>Copy</Button>
      </div>
      <Facts>
        <Fact name="Folder">
          <code>{program.cwd}</code>
        </Fact>
        <Fact name="Interpreter">
          <code>{program.interpreter}</code>
          {program.language === null ? null : ` · ${program.language}`}
        </Fact>
      </Facts>
    </section>
  );
}

/** So that one sees where a word ends. */
function asWord(word: string): string {
  return /^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function MachinePart({ machine }: { machine: Machine }): VNode {
  const { host, os, arch, cpu, cpus, memory_bytes } = machine;
  return (
    <section aria-labelledby="part-machine">
      <h2 id="part-machine">Machine</h2>
      <Facts>
        <Fact name="Host">{host}</Fact>
        <Fact name="System">
          {os} {arch}
        </Fact>
        <Fact name="Processor">
          {cpus} × {cpu}
        </Fact>
        <Fact name="Memory">{formatBytes(memory_bytes)}</Fact>
      </Facts>
    </section>
  );
}

function Facts({ children }: { children: ComponentChildren }): VNode {
  return <dl class="facts-list">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

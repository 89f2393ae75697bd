import type { GitState, RunSource, SourceProgram } from '../../schemas/wire/run-source.ts';
import type { NamedRun } from './ports.ts';

/** How to run it again, for a POSIX shell: to be read and copied; nothing of it is done by us. */
export function reproduceText({ run_id, name }: NamedRun, source: RunSource): string {
  const [program] = source.programs;
  // whatever failed before: nothing of it happens in the folder where one just is
  const into = source.git?.commit ? 'cd "$copy/$inside" && ' : '';
  const parts = [
    head(run_id, name, source),
    codePart(name, source, program),
    ...(program
      ? [environmentPart(program, into), commandPart(program, into)]
      : [comment('The command line is not known.')]),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head(runId: string, name: string, { user, machine, git }: RunSource): string[] {
  const where = machine ? `, on ${machine.os} ${machine.arch} with ${machine.cpus} × ${machine.cpu}` : '';
  return [
    ...comment(`How to run “${name}” again (run ${runId}, by ${user || 'somebody'}${where}).`),
    ...comment(
      `Nothing of this was done. Copy what you need into a shell${git?.commit ? '; it touches no folder that is there' : ''}.`,
    ),
    ...comment('Variables of the environment are not known: set those that it read.'),
  ];
}

function codePart(name: string, { git, entry }: RunSource, program: SourceProgram | undefined): string[] {
  const title = comment('1. The code, in a folder beside the repository');
  if (!git?.commit) {
    const known = entry === null ? 'It is not known which code ran.' : `No commit is known; what ran is ${entry}.`;
    return [...title, ...comment(known), `cd ${quoted(program?.cwd ?? '.')}`];
  }
  const { commit, branch, diff, diff_complete } = git;
  const missing = missingFiles(git);
  return [
    ...title,
    ...comment('the repository, or your own clone of it'),
    `here=${quoted(program?.cwd ?? '.')}`,
    `copy="$(git -C "$here" rev-parse --show-toplevel)"-${quoted(plainName(name))}`,
    'inside="$(git -C "$here" rev-parse --show-prefix)"',
    ...(branch ? comment(`the branch was ${branch}`) : []),
    `git -C "$here" worktree add --detach "$copy" ${quoted(commit)}`,
    ...(diff_complete
      ? []
      : comment('Not all changes were kept: the commit and the following come close to what ran.')),
    ...(missing.length === 0 ? [] : comment('These files were never committed, and are not among what was kept:')),
    ...missing.flatMap((path) => comment(`  ${path}`)),
    ...(diff === '' ? [] : hereDocument('git -C "$copy" apply --binary', diff)),
    ...(program ? [] : ['cd "$copy/$inside"']),
  ];
}

/** Of what git did not know, what is no small text. */
function missingFiles({ untracked, diff }: GitState): string[] {
  const kept = diff.split('\n').filter((line) => line.startsWith('diff --git '));
  return untracked.filter((path) => !kept.some((line) => line.endsWith(`/${path}`)));
}

function environmentPart({ language, interpreter, packages }: SourceProgram, into: string): string[] {
  const title = comment('2. The environment');
  if (!packages || packages.length === 0) {
    return [
      ...title,
      ...comment(`It ran with ${interpreter || 'an interpreter nobody knows'}; its packages are not known.`),
    ];
  }
  const python = `python${/^Python (\d+[.]\d+)/.exec(language ?? '')?.[1] ?? '3'}`;
  const lines = packages.map((one) => `${one.name}==${one.version}`).join('\n');
  return [
    ...title,
    `${into}${python} -m venv .venv-again && . .venv-again/bin/activate`,
    ...hereDocument(`${into}.venv-again/bin/pip install -r /dev/stdin`, lines),
  ];
}

function commandPart({ command, interpreter }: SourceProgram, into: string): string[] {
  const [first = '', ...rest] = command;
  const isPython = /(^|\/)python[\d.]*$/.test(first) || first === interpreter;
  const words = [isPython ? 'python' : first, ...rest];
  return [
    ...comment('3. The command'),
    ...(words.some((word) => word.includes('***')) ? comment('*** stands for what looked like a secret') : []),
    into + words.map(quoted).join(' '),
  ];
}

/** What is written down comes out as it is, whatever is in it. */
function hereDocument(command: string, text: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  let end = 'END';
  while (lines.includes(end)) end += '_END';
  return [`${command} <<'${end}'`, ...lines, end];
}

/** A name with a line break must not go on as a command. */
function comment(text: string): string[] {
  return text.split(/[\r\n\u2028\u2029]+/).map((line) => `# ${line}`);
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function plainName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60) || 'run';
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const SCHEMA = join(import.meta.dirname, '..', '..', 'fixtures', 'sarif', 'sarif-2.1.0.schema.json');
const WRONG =
  'version: 1\nname: "🏆 ñ"\nsteps:\n  a: {run: x, needs: b} # 🏆\n  b: {run: x, needs: a}\n"🏆": {rn: 1}\n';

const cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME, files: { 'sub, dir/crisol.yaml': WRONG } }));
afterAll(() => cli.dispose());

const official = () => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv
    .addFormat('uri', (text) => URL.canParse(text))
    .addFormat('uri-reference', (text) => URL.canParse(text, 'file:///a'));
  // written for draft-04, whose names of these two ajv does not know
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  return ajv.compile(schema);
};

describe('crisol lint --format sarif', () => {
  test('is valid by the official schema, and explains each rule', async () => {
    const { stdout } = await cli.run('lint', '--format', 'sarif', 'sub, dir/crisol.yaml');
    const log = JSON.parse(stdout);
    const check = official();
    check(log);
    expect(check.errors ?? []).toEqual([]);
    const [{ tool, results, columnKind }] = log.runs;
    expect(columnKind).toBe('utf16CodeUnits');
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    for (const { id, helpUri, help } of tool.driver.rules) {
      expect(helpUri).toMatch(new RegExp(`^file:///.*docs/crisol-yaml\\.md#${id.toLowerCase()}$`));
      expect(help.markdown.length).toBeGreaterThan(10);
    }
  });

  test('counts columns in UTF-16 and writes paths as addresses', async () => {
    const { stdout } = await cli.run('lint', '--format', 'sarif', 'sub, dir/crisol.yaml');
    const [{ results }] = JSON.parse(stdout).runs;
    const unknown = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'CRISOL112');
    expect(unknown.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'sub%2C%20dir/crisol.yaml' },
      region: { startLine: 6, startColumn: 1, endLine: 6, endColumn: 5 },
    });
  });
});

describe('crisol lint --format github', () => {
  test('names files from the root of the repository, with what would break a command escaped', async () => {
    const started = cli.start(['lint', '--format', 'github', 'crisol.yaml'], {
      cwd: cli.workspace.path('sub, dir'),
      env: { GITHUB_WORKSPACE: cli.workspace.folder },
    });
    const { code, stdout } = await started.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^::error file=sub%2C dir\/crisol\.yaml,line=4,endLine=4,col=22,endColumn=23,title=CRISOL121::/m,
    );
  });
});

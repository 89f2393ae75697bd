import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import { curves, run } from './recorded.ts';
import { DOT, hugeFolder, known, listed, listedModel, shows, text, unknownOrigin } from './run-details.ts';
import type { PanelState } from './states.ts';

const one = run('a', {}, curves(0));
const subject = { run_id: one.run_id };

function artifacts(name: string, messages: unknown[], artifact: string | null = null): PanelState {
  return tab(`artifacts, ${name}`, { tab: 'artifacts', openFolders: ['model'], artifact }, messages);
}

function tab(name: string, look: object, messages: unknown[]): PanelState {
  return {
    name: `runs: ${name}`,
    panel: 'runs',
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages: [{ type: 'runs/all', run: one, pipeline: null }, ...messages],
  };
}

const long = `${'a-very-long-name_'.repeat(12)}.csv`;
const wide = Array.from({ length: 60 }, (_, at) => `column_${at}`).join(',');
const problem = { error_code: 'DAEMON_UNREACHABLE', message: 'The daemon did not answer.', hint: 'Start it again.' };

const parquet = {
  columns: [
    { name: 'home_form', type: 'DOUBLE' },
    { name: 'outcome', type: 'VARCHAR' },
  ],
  rows: Array.from({ length: 50 }, (_, at) => [String(at / 8), at % 9 === 4 ? null : 'home']),
  total_rows: 1_200_000,
  total_columns: 2,
};

/** A run's files and what ran, in each state that a person may meet. */
export const runDetailStates: PanelState[] = [
  artifacts('loading', []),
  artifacts('none', [{ type: 'runs/artifacts', folder: '', entries: [] }]),
  artifacts('not there', [{ type: 'runs/artifacts-failed', folder: '', problem }]),
  artifacts('a folder that failed', [listed, { type: 'runs/artifacts-failed', folder: 'model', problem }]),
  artifacts('ten thousand', [hugeFolder]),
  artifacts(
    'a wide table',
    [listed, listedModel, shows('confusion.csv', text('table', `${wide}\n${wide}`))],
    'confusion.csv',
  ),
  artifacts('a Parquet file', [listed, shows('rows.parquet', { kind: 'rows', table: parquet })], 'rows.parquet'),
  artifacts(
    'a long name',
    [{ type: 'runs/artifacts', folder: '', entries: [{ path: long, bytes: 3 }] }, shows(long, text('table', 'a\n1'))],
    long,
  ),
  artifacts('text, its beginning', [listed, shows('README.md', text('markdown', '# Title', false))], 'README.md'),
  artifacts('JSON', [listed, shows('metrics.json', text('json', '{"a": [1, {"b": null}]}'))], 'metrics.json'),
  artifacts('a page', [listed, shows('report.html', text('html', '<h1>Report</h1><script>1</script>'))], 'report.html'),
  artifacts('a picture', [listed, shows('dot.png', { kind: 'image', url: DOT, bytes: 70 })], 'dot.png'),
  artifacts(
    'too large',
    [listed, shows('weights.bin', { kind: 'too-large', bytes: 7e8, showable: false })],
    'weights.bin',
  ),
  artifacts('failed', [listed, shows('weights.bin', { kind: 'failed', problem })], 'weights.bin'),
  tab('code', { tab: 'code' }, [known]),
  tab('code, nothing known', { tab: 'code' }, [{ type: 'runs/origin', origin: unknownOrigin }]),
  tab('code, loading', { tab: 'code' }, []),
  tab('code, not there', { tab: 'code' }, [{ type: 'runs/origin-failed', problem }]),
];

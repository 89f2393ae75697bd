import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../../tools/lib/bin.ts';
import { exec } from '../../tools/lib/exec.ts';

const MANIFEST = {
  name: 'tiny',
  displayName: 'Tiny',
  publisher: 'tests',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.102.0' },
  main: './main.js',
  contributes: {
    commands: [
      { command: 'tiny.greet', title: 'Tiny: Greet' },
      { command: 'tiny.panel', title: 'Tiny: Open panel' },
      { command: 'tiny.feed', title: 'Feed', icon: '$(heart)' },
    ],
    viewsContainers: { activitybar: [{ id: 'tiny', title: 'Tiny', icon: 'icon.svg' }] },
    views: {
      tiny: [
        { id: 'tiny.pets', name: 'Pets' },
        { id: 'tiny.none', name: 'Nothing' },
      ],
    },
    viewsWelcome: [{ view: 'tiny.none', contents: 'There is nothing here.\n[Greet](command:tiny.greet)' }],
    menus: {
      'view/item/context': [
        { command: 'tiny.feed', when: 'view == tiny.pets', group: 'inline' },
        { command: 'tiny.feed', when: 'view == tiny.pets', group: '1_main' },
      ],
    },
  },
};

const MAIN = `
const vscode = require('vscode');
const pets = { Cats: ['Tom', 'Kitty'], Dogs: ['Rex'] };
exports.activate = () => {
  const diagnostics = vscode.languages.createDiagnosticCollection('tiny');
  const check = (document) => diagnostics.set(document.uri, document.getText().includes('oops')
    ? [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'no oops here')] : []);
  vscode.workspace.onDidChangeTextDocument(({ document }) => check(document));
  vscode.workspace.onDidOpenTextDocument(check);
  vscode.window.registerTreeDataProvider('tiny.none', { getChildren: () => [], getTreeItem: (x) => x });
  vscode.window.registerTreeDataProvider('tiny.pets', {
    getChildren: (name) => name ? pets[name] ?? [] : Object.keys(pets),
    getTreeItem: (name) => ({ label: name, description: pets[name] ? pets[name].length + ' of them' : '', collapsibleState: pets[name] ? 1 : 0 }),
  });
  vscode.commands.registerCommand('tiny.feed', (name) => vscode.window.showInformationMessage('fed ' + name));
  vscode.commands.registerCommand('tiny.greet', async () => {
    const kind = await vscode.window.showQuickPick(['Hello', 'Goodbye']);
    const name = await vscode.window.showInputBox({ prompt: 'who' });
    vscode.window.showInformationMessage(kind + ', ' + name, 'Thanks');
  });
  vscode.commands.registerCommand('tiny.panel', () => {
    const panel = vscode.window.createWebviewPanel('tiny', 'Tiny panel', 1, { enableScripts: true });
    panel.webview.html = '<h1>A panel</h1><button>Named</button><button></button><canvas role="img"></canvas>';
  });
};
`;

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/></svg>';

/** Packs an extension that has one of everything, to try the page objects on. */
export function packTinyExtension(folder: string): Promise<string> {
  return packExtension(folder, { 'package.json': JSON.stringify(MANIFEST), 'main.js': MAIN, 'icon.svg': ICON });
}

/** Packs an extension of these files; its manifest is one of them. */
export async function packExtension(folder: string, files: Record<string, string>): Promise<string> {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  for (const [name, text] of Object.entries({ ...files, LICENSE: 'MIT' })) writeFileSync(join(source, name), text);
  const vsix = join(folder, 'packed.vsix');
  const args = [bin('@vscode/vsce', 'vsce'), 'package', '--allow-missing-repository', '--out', vsix];
  const { code, output } = await exec(process.execPath, args, { cwd: source });
  if (code !== 0) throw new Error(output);
  return vsix;
}

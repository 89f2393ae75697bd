import * as vscode from 'vscode';
import { plainWords } from '../texts.ts';

/** The only ways to a notification: what stands in it are words, never links that a click would run. */
export function showInfo(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(plainWords(message), ...buttons);
}

export function showError(message: string, ...buttons: string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(plainWords(message), ...buttons);
}

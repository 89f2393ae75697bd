import * as vscode from 'vscode';
import type { TrackingPlace } from '../../schemas/places.ts';
import { placeOfFragment, placeOfPath } from '../../schemas/places.ts';
import type { EditorLink } from '../../schemas/wire/editor.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { asRequestError, inWords } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { showError } from './messages.ts';
import { linksIn } from './printed-links.ts';

interface RunLink extends vscode.TerminalLink {
  place: TrackingPlace;
}

/** Links that MLflow's client prints open the run or the experiment here, from a terminal and from a browser. */
export function openLinks(link: DaemonLink, go: (place: TrackingPlace) => Promise<void>): vscode.Disposable {
  const open = (place: TrackingPlace) =>
    go(place).catch((thrown: unknown) => void showError(inWords(asRequestError(thrown))));
  const terminals: vscode.TerminalLinkProvider<RunLink> = {
    provideTerminalLinks({ line }) {
      if (link.state.kind !== 'connected') return [];
      return linksIn(line, link.state.address.url).flatMap(({ startIndex, length, fragment }) => {
        const place = placeOfFragment(fragment);
        const tooltip = place?.runId ? t('Open run in Crisol') : t('Show experiment in Crisol');
        return place ? [{ startIndex, length, place, tooltip }] : [];
      });
    },
    handleTerminalLink: ({ place }) => open(place),
  };
  const pages: vscode.UriHandler = {
    handleUri({ path }) {
      const place = placeOfPath(path);
      if (place) void open(place);
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerTerminalLinkProvider(terminals),
    vscode.window.registerUriHandler(pages),
    link.onState(({ kind }) => {
      if (kind === 'connected') void link.call('POST', '/editor', wayHere()).catch(() => undefined);
    }),
  );
}

/** A browser can lead to a program of the desktop, but not into another page. */
function wayHere(): EditorLink {
  return { uri_scheme: vscode.env.uiKind === vscode.UIKind.Web ? null : vscode.env.uriScheme };
}

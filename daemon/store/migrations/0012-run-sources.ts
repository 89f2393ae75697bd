import type { Migration } from '../migrate.ts';

/**
 * What ran: the working tree, the programs that logged, the machine. Long texts (diffs, lists of packages) are the same for
 * many runs, so each is kept once, packed, and goes with the last run that has it.
 */
export const runSources: Migration = {
  id: 12,
  name: 'run-sources',
  sql: `
    CREATE TABLE source_texts (
      text_no INTEGER PRIMARY KEY,
      sha256 BLOB NOT NULL UNIQUE,
      packed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE run_sources (
      source_no INTEGER PRIMARY KEY,
      run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('git', 'program', 'machine')),
      -- JSON
      facts TEXT NOT NULL,
      text_no INTEGER REFERENCES source_texts,
      UNIQUE (run_no, kind, facts)
    ) STRICT;
    CREATE INDEX run_sources_of_text ON run_sources (text_no) WHERE text_no IS NOT NULL;

    CREATE TRIGGER unused_source_texts AFTER DELETE ON run_sources
    WHEN old.text_no IS NOT NULL AND NOT EXISTS (SELECT 1 FROM run_sources WHERE text_no = old.text_no)
    BEGIN
      DELETE FROM source_texts WHERE text_no = old.text_no;
    END;
  `,
};

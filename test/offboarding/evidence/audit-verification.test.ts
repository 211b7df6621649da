import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import type { ChainVerification } from '../../../src/audit/verify-chain.js';
import { auditVerification } from '../../../src/offboarding/evidence/audit-verification.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { tester } from '../../support/actor.js';

/** Longer than a page, so that reading goes on behind one. */
const EVENTS = 1203;
const folder = mkdtempSync(join(tmpdir(), 'tendril-audit-'));
const path = join(folder, 'graph.db');

beforeAll(async () => {
  const store = await openEmbedded({ path });
  const draft = await store.write({ now: Date.UTC(2026, 10, 1) });
  const base = { actor: tester, reason: null, case: null, entity: null, before: null };
  await draft.commit(Array.from({ length: EVENTS }, (_, n) => ({ ...base, type: 'TESTED', after: { n } })));
  await store.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Changes the table under a copy of the store, and verifies that. */
async function tampered(...statements: readonly string[]): Promise<ChainVerification> {
  const copy = copied();
  const db = new DatabaseSync(copy);
  for (const statement of statements) db.exec(statement);
  db.close();
  return verified(copy);
}

/** Writes to the file itself, as whoever has it may, what no statement would. */
async function overwritten(text: string, by: string): Promise<ChainVerification> {
  const copy = copied();
  const bytes = readFileSync(copy);
  const at = bytes.indexOf(text);
  if (at === -1) throw new Error(`There is no ${text} in the file.`);
  bytes.write(by, at);
  writeFileSync(copy, bytes);
  return verified(copy);
}

function copied(): string {
  const copy = join(mkdtempSync(join(folder, 'copy-')), 'graph.db');
  copyFileSync(path, copy);
  return copy;
}

async function verified(copy: string): Promise<ChainVerification> {
  const store = await openEmbedded({ path: copy, readOnly: true });
  try {
    return await auditVerification(store.journal);
  } finally {
    await store.close();
  }
}

describe('verifying the chain of a store', () => {
  test('holds as it was written', async () => {
    expect(await tampered()).toMatchObject({ valid: true, events: EVENTS, firstBrokenAt: null });
  });

  test.each([1, 2, 999, 1000, 1001, EVENTS - 1])('tampering with event %d is found there', async (seq) => {
    const broken = { valid: false, firstBrokenAt: seq, events: seq - 1 };
    const edit = (what: string) => `UPDATE audit SET event = ${what} WHERE seq = ${seq}`;
    expect(await tampered(edit(`replace(event, 'TESTED', 'TESTEE')`))).toMatchObject(broken);
    expect(await overwritten(`{"n":${seq - 1}}`, '[')).toMatchObject(broken);
    expect(await tampered(edit(`'[]'`))).toMatchObject(broken);
    expect(await tampered(`DELETE FROM audit WHERE seq = ${seq}`)).toMatchObject(broken);
    const swap = [
      'CREATE TABLE kept AS SELECT seq, event FROM audit',
      `UPDATE audit SET event = (SELECT event FROM kept WHERE kept.seq = ${2 * seq + 1} - audit.seq)
       WHERE seq IN (${seq}, ${seq + 1})`,
    ];
    expect(await tampered(...swap)).toMatchObject(broken);
  });
});

import { emailKey } from '../../../model/email-address.js';
import type { Connection } from '../connection.js';

/** How many rows are read at a time. */
const PAGE = 5000;
const READ = `SELECT n, from_rev, email, doc ->> '$.properties.email' FROM entity
  WHERE email IS NOT NULL AND (n, from_rev) > (?, ?) ORDER BY n, from_rev LIMIT ${PAGE}`;
const WRITE = 'UPDATE entity SET email = ? WHERE n = ? AND from_rev = ?';

/** Humans are found by the form of their address that is compared. Stores before this had it in lower case only. */
export function emailKeys(connection: Connection): void {
  let after: readonly [n: number, rev: number] = [0, 0];
  for (;;) {
    const rows = connection.all<[number, number, string, string]>(READ, ...after);
    for (const [n, rev, key, email] of rows) {
      const next = emailKey(email);
      if (next !== key) connection.run(WRITE, next, n, rev);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = [last[0], last[1]];
  }
}

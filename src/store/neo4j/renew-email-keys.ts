import type { Connection } from './connection.js';
import { emailKey } from './email-key.js';
import { integer } from './values.js';

/** How many versions are read at a time. */
const PAGE = 5000;
const READ = `MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number > $p.after AND v.fromRevision > 0 AND v.email IS NOT NULL
  WITH v.number AS number, collect([v.fromRevision, v.email, v.document]) AS versions
  ORDER BY number LIMIT ${PAGE} RETURN number, versions`;
const WRITE = `UNWIND $p.rows AS row MATCH (v:TendrilVersion)
  USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = row.number AND v.fromRevision = row.revision SET v.email = row.email`;

type Version = [revision: number, email: string, document: string];

/** Computes the keys anew by which humans are found. Repeated, it changes nothing. */
export async function renewEmailKeys(connection: Connection): Promise<void> {
  for (let after = 0; ; ) {
    const found = await connection.read<[number, Version[]]>(READ, { after: integer(after) });
    const rows = found.flatMap(([number, versions]) =>
      versions.flatMap(([revision, key, document]) => {
        const { properties } = JSON.parse(document) as { properties: { email: string } };
        const email = emailKey(properties.email);
        return email === key ? [] : [{ number: integer(number), revision: integer(revision), email }];
      }),
    );
    if (rows.length > 0) await connection.write((run) => run(WRITE, { rows }));
    if (found.length < PAGE) return;
    after = found.at(-1)![0];
  }
}

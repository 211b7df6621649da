/** Resources of the system that is imported while others read. */
const RESOURCES = 1000;
/** What each account of it reaches. */
const EACH = 50;

/** Lines of NDJSON that a company does not know yet: a system whose accounts reach resources. */
export function* moreLines(relationships: number): Generator<string> {
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const accounts = Math.ceil(relationships / EACH);
  const source = { id: 'warehouse:more', vendor: 'warehouse', syncedAt: '2026-01-01T00:00:00.000Z' };
  yield line({ source, mode: 'full' });
  const account = (at: number) => `warehouse:more/user/${at}`;
  const resource = (at: number) => `warehouse:more/table/${at}`;
  for (let at = 0; at < accounts; at += 1)
    yield line({ entity: { kind: 'Account', id: account(at), name: `user ${at}` } });
  for (let at = 0; at < RESOURCES; at += 1)
    yield line({ entity: { kind: 'Resource', id: resource(at), name: `table ${at}` } });
  for (let at = 0; at < relationships; at += 1) {
    const from = account(Math.floor(at / EACH));
    // A step that has no divisor in common with their number: nobody reaches a resource twice.
    const to = resource((at * 37 + Math.floor(at / EACH)) % RESOURCES);
    yield line({ relationship: { type: 'CAN_ACCESS', from, to, permission: 'READ' } });
  }
}

import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Where the test's provider keeps what it gave out: its own place for that warns that it forgets. */
export function memoryAdapter(): (name: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  return (name) => {
    const key = (id: string) => `${name} ${id}`;
    const by = async (property: 'uid' | 'userCode', value: string) =>
      [...kept.values()].find((payload) => payload[property] === value);
    return {
      async upsert(id, payload) {
        kept.set(key(id), payload);
      },
      async find(id) {
        return kept.get(key(id));
      },
      findByUid: (uid) => by('uid', uid),
      findByUserCode: (userCode) => by('userCode', userCode),
      async destroy(id) {
        kept.delete(key(id));
      },
      async consume(id) {
        const payload = kept.get(key(id));
        if (payload !== undefined) kept.set(key(id), { ...payload, consumed: true });
      },
      async revokeByGrantId(grantId) {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { CODE, HR } from '../api/company.js';
import { TestService } from '../api/service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

async function get(query = '', role: Role | null = 'VIEWER', to = service) {
  const response = await fetch(`${to.url}/export${query}`, { headers: to.headers(role) });
  const text = await response.text();
  const lines = text.split('\n').filter(Boolean);
  return { status: response.status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** The sources that lines of an export have a header of, in order. */
const headersIn = (lines: readonly Record<string, unknown>[]) =>
  lines.flatMap(({ source }) => (source === undefined ? [] : [(source as { id: string }).id]));

describe('GET /export', () => {
  test('says what comes, and then one snapshot after the other', async () => {
    const { status, lines } = await get();
    const ids = [HR, CODE].map(({ source }) => source.id).sort();
    expect(status).toBe(200);
    expect(lines[0]).toEqual({ export: { revision: '2', sources: ids } });
    expect(headersIn(lines)).toEqual(ids);
    expect(lines.filter(({ entity }) => entity !== undefined)).toHaveLength(
      HR.entities.length + CODE.entities.length,
    );
  });

  test('has one source, or a moment at which there was nothing', async () => {
    const { id } = HR.source;
    const one = await get(`?source=${encodeURIComponent(id)}`);
    expect(headersIn(one.lines)).toEqual([id]);
    const { lines } = await get('?asOf=1970-01-01T00:00:00Z');
    expect(lines).toEqual([{ export: { revision: '0', sources: [] } }]);
  });

  test.each([
    ['?source=nobody', 404, 'NOT_FOUND'],
    ['?asOf=yesterday', 400, 'BAD_INPUT'],
    ['?force=true', 400, 'BAD_INPUT'],
  ])('refuses %s', async (query, status, code) => {
    const answer = await get(query);
    expect([answer.status, answer.lines[0]]).toEqual([status, { error: expect.objectContaining({ code }) }]);
  });

  test('is for whoever may read, one after the other where there are too many', async () => {
    expect((await get('', null)).status).toBe(401);
    expect((await get('', 'IMPORTER')).lines[0]).toMatchObject({ error: { code: 'FORBIDDEN' } });
    const none = await TestService.start({ limits: { exportsAtOnce: 0 } });
    try {
      expect((await get('', 'VIEWER', none)).lines[0]).toMatchObject({
        error: { code: 'LIMIT_EXCEEDED', limit: 'exportsAtOnce' },
      });
    } finally {
      await none.stop();
    }
    const response = await fetch(`${service.url}/export`, {
      method: 'POST',
      headers: service.headers('ADMIN'),
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

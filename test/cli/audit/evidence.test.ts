import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeEvidence } from '../../../src/cli/audit/evidence.js';
import type { Context } from '../../../src/cli/context.js';
import { fakeService } from '../../client/http/fake-service.js';

test.each(['../outside.txt', '/outside.txt', 'in/side.txt', '..', ''])(
  'a service that names a file %j is not understood, and nothing is written',
  async (name) => {
    const data = {
      findOffboarding: { id: 'tendril/case/7', planHash: 'hash' },
      evidence: { madeAt: '2026-11-28T00:00:00.000Z', files: [{ name, text: 'text' }] },
    };
    await using service = await fakeService((request, response) => {
      request.resume();
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ data }));
    });
    const folder = mkdtempSync(join(tmpdir(), 'tendril-evidence-'));
    try {
      const context = {
        environment: { TENDRIL_URL: service.url, TENDRIL_TOKEN: 'token' },
        watched: false,
      } as unknown as Context;
      const out = join(folder, 'pack');
      await expect(writeEvidence(context, '7', { period: {} as never, out })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringContaining('does not answer as Tendril does'),
      });
      expect(existsSync(out)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

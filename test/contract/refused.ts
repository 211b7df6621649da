import { expect } from '@jest/globals';
import type { ErrorCode } from '../../src/model/errors.js';

/** Expects an error of the product with a code. */
export async function refused(code: ErrorCode, work: Promise<unknown>): Promise<void> {
  await expect(work).rejects.toMatchObject({ name: 'TendrilError', code });
}

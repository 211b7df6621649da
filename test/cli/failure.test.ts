import { expect, test } from '@jest/globals';
import { failureOf } from '../../src/cli/failure.js';
import { type ErrorCode, TendrilError, unavailable } from '../../src/model/errors.js';

/** What SQLite throws: a primary result code, with an extended one in the higher bits. */
const sqlite = (code: number) => Object.assign(new Error('SQLite said so'), { sqliteCode: code });

test('what this machine refuses is 1, a store that cannot be read is 3', () => {
  const exit = (code: number) => failureOf(unavailable('A sentence.', sqlite(code))).exitCode;
  const [busy, ioWrite, full, corrupt, cannotOpen, noDatabase] = [5, 778, 13, 11, 14, 26];
  expect([busy, ioWrite, full].map((code) => exit(code as number))).toEqual([1, 1, 1]);
  expect([corrupt, cannotOpen, noDatabase].map((code) => exit(code as number))).toEqual([3, 3, 3]);
  expect(failureOf(unavailable('A sentence.')).exitCode).toBe(3);
});

test.each<ErrorCode>([
  'BAD_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'SNAPSHOT_REFUSED',
  'FORBIDDEN',
  'LIMIT_EXCEEDED',
])('%s is refused: 1, with its details', (code) => {
  expect(failureOf(new TendrilError(code, 'A sentence.', { limit: 3 }))).toEqual({
    exitCode: 1,
    code,
    message: 'A sentence.',
    details: { limit: 3 },
  });
});

test('a path that is wrong is the caller’s to mend: 2', () => {
  const error = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: 'hr.ndjson' });
  expect(failureOf(error)).toMatchObject({ exitCode: 2, message: 'hr.ndjson is not there; check the path.' });
});

test.each([
  [
    'EACCES',
    { path: 'hr.ndjson' },
    'The operating system does not allow this user to use hr.ndjson; check its rights.',
  ],
  [
    'EACCES',
    { port: 80, address: '::1' },
    'This user may not listen on port 80; set TENDRIL_PORT to another one, such as 4000.',
  ],
  [
    'EADDRINUSE',
    { port: 80, address: '::1' },
    'Port 80 of ::1 is in use; set TENDRIL_PORT to another one, or stop what listens there.',
  ],
  ['ENOSPC', { path: 'out/hr.ndjson' }, 'The disk under out/hr.ndjson is full; make room and try again.'],
  ['ENOSPC', {}, 'The disk is full; make room and try again.'],
])('what the operating system refuses is 1, and named: %s of %j', (code, more, message) => {
  const error = Object.assign(new Error(code), { code, ...more });
  expect(failureOf(error)).toMatchObject({ exitCode: 1, message });
});

test('a defect is owned up to in one line', () => {
  const failure = failureOf(new TypeError('x is not a function\n    at somewhere'));
  expect(failure).toMatchObject({ exitCode: 1, code: 'INTERNAL' });
  expect(failure.message).toBe(
    'Something went wrong inside Tendril (TypeError: x is not a function); report it with the command you ran.',
  );
});

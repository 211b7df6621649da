import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { endOfLastWorkingDay } from '../../../src/offboarding/case/last-working-day.js';

const end = (day: string, zone?: unknown) => new Date(endOfLastWorkingDay(day, zone) as number).toISOString();

describe('the end of a last working day', () => {
  test.each([
    ['2026-11-30', undefined, '2026-11-30T23:59:59.999Z'],
    ['2026-11-30', 'UTC', '2026-11-30T23:59:59.999Z'],
    ['2026-11-30', 'Europe/Berlin', '2026-11-30T22:59:59.999Z'],
    ['2026-06-30', 'Europe/Berlin', '2026-06-30T21:59:59.999Z'],
    ['2026-11-30', 'America/Los_Angeles', '2026-12-01T07:59:59.999Z'],
    ['2026-11-30', 'Pacific/Kiritimati', '2026-11-30T09:59:59.999Z'],
    ['2026-11-30', 'Asia/Kathmandu', '2026-11-30T18:14:59.999Z'],
    // Clocks go forward at midnight there: the next day begins at one o'clock.
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T02:59:59.999Z'],
    // What is no zone, also from an older store, counts as unknown.
    ['2026-11-30', 'Mars/Olympus', '2026-11-30T23:59:59.999Z'],
    // An instant is an instant.
    ['2026-11-30T17:00:00Z', 'Europe/Berlin', '2026-11-30T17:00:00.000Z'],
  ])('%s in %s is %s', (day, zone, expected) => {
    expect(end(day, zone)).toBe(expected);
  });

  test('is the last moment at which it is that day there', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.date({ min: new Date('2015-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (timeZone, date) => {
        const day = date.toISOString().slice(0, 10);
        const at = endOfLastWorkingDay(day, timeZone) as number;
        const local = (moment: number) => new Date(moment).toLocaleDateString('en-CA', { timeZone });
        expect(local(at) <= day).toBe(true);
        expect(local(at + 1) > day).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

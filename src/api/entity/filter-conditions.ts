import { badInput } from '../../model/errors.js';
import { parseTime } from '../../model/time.js';
import type { EntityQuery } from '../../store/queries.js';
import type { DayRange, EntityFilter } from './entity-filter.js';

/** What entities have to meet, in the terms of the store. */
export type Conditions = Omit<EntityQuery, 'now' | 'order' | 'limit' | 'after' | 'before' | 'fromEnd'>;

/** A filter in the terms of the store, without conditions that are absent or null. @throws BAD_INPUT */
export function conditionsOf({ lastWorkingDay, ...filter }: EntityFilter): Conditions {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value == null ? [] : [[name, value instanceof Date ? value.getTime() : value]],
  );
  const range = lastWorkingDay == null ? {} : daysOf(lastWorkingDay);
  // A range without ends asks for nothing.
  return {
    ...Object.fromEntries(given),
    ...(Object.keys(range).length === 0 ? {} : { lastWorkingDay: range }),
  };
}

function daysOf(range: DayRange): { from?: string; until?: string } {
  const { from, until } = range;
  return {
    ...(from == null ? {} : { from: dayOf(from) }),
    ...(until == null ? {} : { until: dayOf(until) }),
  };
}

function dayOf(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && parseTime(text) !== undefined) return text;
  throw badInput('A day of `lastWorkingDay` is not a date. Write it as 2026-11-27.');
}

import { badInput } from '../../model/errors.js';
import { formatTime, parseTime } from '../../model/time.js';

/** An object of untrusted JSON. The readers below refuse a wrong value with its place (`UserDetailList[3].Arn`). */
export type JsonRecord = Readonly<Record<string, unknown>>;

const REMEDY =
  'Give the unchanged output of "aws iam get-account-authorization-details --output json" and convert again.';

/** The error of this converter: where the input is wrong, how, and what to do. */
export const refuse = (where: string, what: string) => badInput(`${where} ${what}. ${REMEDY}`, { where });

/** An object. @throws BAD_INPUT where it is something else */
export function asRecord(value: unknown, where: string): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(where, 'is not an object');
  }
  return value as JsonRecord;
}

/** A list. @throws BAD_INPUT where it is something else */
export function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw refuse(where, 'is not a list');
  return value;
}

/** A list that AWS leaves out where it is empty. */
export const asOptionalList = (value: unknown, where: string) =>
  value === undefined || value === null ? [] : asList(value, where);

/** A text. @throws BAD_INPUT where it is something else */
export function asText(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw refuse(where, 'is not a text');
  return value;
}

/** A list of texts. AWS writes a list with one element as a plain string. */
export function asTexts(value: unknown, where: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, at) => asText(item, `${where}[${at}]`));
  return [asText(value, where)];
}

/**
 * A time in Tendril's form, from a time as the command line tool of AWS writes it ("2023-03-09 10:41:45+00:00", or with
 * a T). Undefined where there is none.
 */
export function asTime(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  const at = parseTime(asText(value, where).replace(' ', 'T'));
  if (at === undefined) throw refuse(where, 'is not a time');
  return formatTime(at);
}

import { describe, expect, test } from '@jest/globals';
import { convertHrCsv, type HrOptions } from '../../../src/sources/hr/convert-csv.js';
import { expectSound } from '../invariants.js';

const OPTIONS: HrOptions = {
  source: 'hr:acme',
  syncedAt: '2026-11-23T09:00:00.000Z',
  columns: new Map(),
  timeZone: undefined,
  dateOrder: 'ymd',
};

const convert = (text: string, options: Partial<HrOptions> = {}) =>
  convertHrCsv('people.csv', [text], { ...OPTIONS, ...options });

async function problems(text: string, options: Partial<HrOptions> = {}) {
  const failed = await convert(text, options).then(
    () => undefined,
    (error: { code: string; details: { problems: { row: string; field: string; rule: string }[] } }) => error,
  );
  expect(failed?.code).toBe('BAD_INPUT');
  return failed?.details.problems.map(({ row, field, rule }) => `${row} ${field} ${rule}`);
}

const people = `Employee Number;First name;Last name;Work Email;Status;Termination Date;Manager Employee Number;Time zone
17;Ada;Hale;Ada@acme.example;Active;27.11.2026;18;Europe/Berlin
18;Max;Roth;max@acme.example;active;;;
19;Eve;Fox;eve@acme.example;Terminated;30.06.2026;18;
20;Kim;Lee;kim@acme.example;On leave;;99;`;

describe('an export of an HR system', () => {
  test('becomes people with managers, last working days and time zones', async () => {
    const { document, notes } = await convert(people, { dateOrder: 'dmy' });
    expect(document.source).toMatchObject({ id: 'hr:acme', reports: ['Human', 'REPORTS_TO'] });
    expect(document.entities[0]).toEqual({
      kind: 'Human',
      id: 'hr:acme/person/17',
      externalId: '17',
      employeeId: '17',
      email: 'Ada@acme.example',
      name: 'Ada Hale',
      status: 'LEAVING',
      lastWorkingDay: '2026-11-27',
      timeZone: 'Europe/Berlin',
      attributes: {},
    });
    expect(document.entities.map(({ status }) => status)).toEqual(['LEAVING', 'ACTIVE', 'LEFT', 'ACTIVE']);
    expect(document.relationships).toEqual([
      { type: 'REPORTS_TO', from: 'hr:acme/person/17', to: 'hr:acme/person/18' },
      { type: 'REPORTS_TO', from: 'hr:acme/person/19', to: 'hr:acme/person/18' },
    ]);
    expect(notes).toEqual(['people.csv:5 reports to 99, who is not in the file: left out.']);
    expectSound(document);
  });

  test('without a status, the last working day says who is leaving and who has left', async () => {
    const text = 'name,email,last day\nA,a@x.example,2026-11-23\nB,b@x.example,2026-11-22\nC,c@x.example,';
    const status = async (timeZone?: string, syncedAt = OPTIONS.syncedAt) =>
      (await convert(text, { timeZone, syncedAt })).document.entities.map((one) => one.status);
    expect(await status()).toEqual(['LEAVING', 'LEFT', 'ACTIVE']);
    // The day ends at 11:00 UTC in Auckland, and at 08:00 UTC of the next day in Los Angeles.
    const noon = '2026-11-23T11:00:00.000Z';
    expect(await status('Pacific/Auckland', noon)).toEqual(['LEFT', 'LEFT', 'ACTIVE']);
    expect(await status('America/Los_Angeles', '2026-11-24T07:59:59.000Z')).toEqual([
      'LEAVING',
      'LEFT',
      'ACTIVE',
    ]);
    expect(await status('America/Los_Angeles', '2026-11-24T08:00:00.000Z')).toEqual([
      'LEFT',
      'LEFT',
      'ACTIVE',
    ]);
  });

  test('has the columns that it is told to have', async () => {
    const columns = new Map([
      ['email', 'Kontakt'],
      ['name', 'Wer'],
      ['managerEmail', 'Chef'],
    ]);
    const { document } = await convert('Wer,Kontakt,Chef\nA,a@x.example,b@x.example\nB,b@x.example,', {
      columns,
    });
    expect(document.relationships).toEqual([
      { type: 'REPORTS_TO', from: 'hr:acme/person/a@x.example', to: 'hr:acme/person/b@x.example' },
    ]);
    await expect(convert('a\n1', { columns: new Map([['age', 'a']]) })).rejects.toMatchObject({
      message: expect.stringContaining('There is no field age'),
    });
    expect(await problems('name,email\n', { columns: new Map([['status', 'Zustand']]) })).toEqual([
      'people.csv:1 Zustand NO_COLUMN',
    ]);
  });

  test('says what it could not know', async () => {
    const { document, notes } = await convert('name,email\nA,a@x.example');
    expect(document.couldNotRead).toEqual([expect.objectContaining({ kinds: ['REPORTS_TO'] })]);
    expect(document.source.reports).toEqual(['Human']);
    expect(notes.join('\n')).toContain('no column for the last working day');
    expect((await convert(people, { dateOrder: 'dmy' })).document).not.toHaveProperty('couldNotRead');
  });

  test('with wrong rows is refused with all of them, each with its line and column', async () => {
    const text = [
      'id,name,email,status,last working day,time zone,manager id',
      '1,A,a@x.example,active,2026-02-30,,',
      '2,,b@x.example,gone fishing,,Mars/Olympus,',
      '3,C,not an address,active,,,3',
      '1,D,d@x.example,active,,,',
      '5,E,A@X.example,active,,,',
      '6,F',
      ',G,,left,,,',
    ].join('\n');
    expect(await problems(text)).toEqual([
      'people.csv:2 last working day NOT_A_DAY',
      'people.csv:3 name NO_NAME',
      'people.csv:3 time zone NOT_A_TIME_ZONE',
      'people.csv:3 status UNKNOWN_STATUS',
      'people.csv:4 email NOT_AN_ADDRESS',
      'people.csv:7  CELL_COUNT',
      'people.csv:8 email NO_ID',
      'people.csv:5 id TWICE',
      'people.csv:6 email DUPLICATE_EMAIL',
      'people.csv:4 manager OWN_MANAGER',
    ]);
  });

  test.each([
    ['nothing', '', ['people.csv  NO_HEADING']],
    [
      'no names and addresses',
      'a,b\n1,2',
      ['people.csv:1 email, name (or firstName and lastName) NO_COLUMN'],
    ],
    ['two columns of one name', 'name,email,E-Mail\n', ['people.csv:1 E-Mail COLUMN_TWICE']],
    ['a quotation mark that is never closed', 'name,email\n"A,a@x.example', ['people.csv:2  NOT_CSV']],
  ])('with %s is refused', async (_, text, wanted) => {
    expect(await problems(text)).toEqual(wanted);
  });
});

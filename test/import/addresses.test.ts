import { describe, expect, test } from '@jest/globals';
import { emailKey } from '../../src/model/email-address.js';
import { document, importDocuments, openFrom, problemsOf, statusOf, withStore } from './support.js';

const person = (id: string, email: string, more: object = {}) => ({
  kind: 'Human' as const,
  id,
  email,
  ...more,
});

describe('addresses', () => {
  test('are compared without what nobody sees: compatibility forms, invisible characters, case', () => {
    const one = emailKey('ada@acme.example');
    for (const same of [
      'Ada@ACME.example',
      'ａｄａ@acme.example',
      'a\u200bd\u00ada@acme.example\ufeff',
      'ada\ufe0f@acme.example',
    ]) {
      expect(emailKey(same)).toBe(one);
    }
    expect(emailKey('Å@acme.example')).toBe(emailKey('å@acme.example'));
    expect(emailKey('adam@acme.example')).not.toBe(one);
    // Doing it twice changes nothing.
    for (const some of ['İ@x.example', 'ſs@x.example', 'Ｉ\u0307@x.example'])
      expect(emailKey(emailKey(some))).toBe(emailKey(some));
  });

  test('lead to a person however they are written', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('hr', 1, [person('hr/ada', 'ada@acme.example')])]);
      const account = { kind: 'Account' as const, id: 'it/ada' };
      const has = {
        type: 'HAS_ACCOUNT' as const,
        from: { humanEmail: 'ＡＤＡ@acme\u200b.example' },
        to: 'it/ada',
      };
      await importDocuments(store, [document('it', 1, [account], [has])]);
      expect(await openFrom(store, 'hr/ada')).toEqual(['HAS_ACCOUNT it/ada']);
      expect(await store.humansByEmail(['ａda@acme.example'], 9)).toMatchObject([{ id: 'hr/ada' }]);
    });
  });

  test('of two live people of one source are refused, naming both', async () => {
    const two = document('hr', 1, [
      person('hr/ada', 'ada@acme.example'),
      person('hr/ada2', 'A\u00adda@acme.example'),
      person('hr/ada3', 'ADA@acme.example'),
    ]);
    const problems = await withStore((store) => problemsOf(importDocuments(store, [two])));
    expect(problems.map(({ row, field, rule }) => [row, field, rule])).toEqual([
      ['entities[1]', 'email', 'DUPLICATE_EMAIL'],
      ['entities[2]', 'email', 'DUPLICATE_EMAIL'],
    ]);
    expect(problems[0]?.message).toContain('"hr/ada" and "hr/ada2" are live');
  });

  test('of somebody whom a delta does not mention are refused too', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('hr', 1, [person('hr/ada', 'ada@acme.example')])]);
      const delta = (day: number, ...people: object[]) => document('hr', day, people, [], 'delta');
      const second = delta(2, person('hr/eve', 'ada@acme.example'));
      expect(await problemsOf(importDocuments(store, [second]))).toMatchObject([
        { row: 'entities[0]', rule: 'DUPLICATE_EMAIL' },
      ]);
      // Once the first has another address, or has left, it is free.
      await importDocuments(store, [
        delta(
          3,
          person('hr/ada', 'ada@acme.example', { status: 'LEFT' }),
          person('hr/eve', 'ada@acme.example'),
        ),
      ]);
      expect(await statusOf(store, 'hr/eve')).toBe('ACTIVE');
      const back = delta(4, person('hr/ada', 'ada@acme.example'));
      expect(await problemsOf(importDocuments(store, [back]))).toMatchObject([{ rule: 'DUPLICATE_EMAIL' }]);
    });
  });

  test('of people of two sources, of one who left, and of one under a new id are no problem', async () => {
    await withStore(async (store) => {
      const ada = person('hr/ada', 'ada@acme.example');
      await importDocuments(store, [
        document('hr', 1, [ada, person('hr/old', 'ada@acme.example', { status: 'LEFT' })]),
      ]);
      await importDocuments(store, [document('idp', 1, [person('idp/ada', 'ada@acme.example')])]);
      await importDocuments(store, [document('hr', 2, [person('hr/1', 'ada@acme.example')])], {
        force: true,
      });
      expect(await statusOf(store, 'hr/1')).toBe('ACTIVE');
      expect(await statusOf(store, 'hr/ada')).toBe('LEFT');
    });
  });
});

describe('values', () => {
  test('of a time zone and an address are refused with what to do', async () => {
    const said = document('hr', 1, [
      person('hr/1', '1@acme.example', { timeZone: 'Europe/Berlin', url: 'https://hr.acme.example/1' }),
      person('hr/2', '2@acme.example', { timeZone: 'Berlin', url: 'http://hr.acme.example/2' }),
      person('hr/3', '3@acme.example', { timeZone: '+01:00', url: 'hr.acme.example' }),
      person('hr/4', '4@acme.example', { timeZone: 7, url: 'javascript:alert(1)' }),
    ]);
    const problems = await withStore((store) => problemsOf(importDocuments(store, [said])));
    expect(problems.map(({ row, field }) => `${row} ${field}`)).toEqual([
      'entities[1] url',
      'entities[1] timeZone',
      'entities[2] url',
      'entities[2] timeZone',
      'entities[3] timeZone',
      'entities[3] url',
    ]);
    expect(problems[0]?.message).toContain('https://');
    expect(problems[1]?.message).toContain('Europe/Berlin');
  });
});

import { describe, expect, test } from '@jest/globals';
import { isPublic } from '../../../src/sources/webhook/addresses.js';
import { readKey, signatureFlaw, signedHeaders } from '../../../src/sources/webhook/signature.js';

/** The test vector that Standard Webhooks publishes. */
const SECRET = ['whsec', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'].join('_');
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = 1_614_265_330;
const BODY = Buffer.from('{"test": 2432232314}');
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const key = readKey(`${SECRET}\n`) as Buffer;
const claimed = { id: ID, timestamp: String(AT), signature: SIGNATURE };

describe('Standard Webhooks', () => {
  test('signs the published message as published', () => {
    expect(signedHeaders(key, ID, AT, BODY)['webhook-signature']).toBe(SIGNATURE);
  });

  test('believes it, also as one of several signatures', () => {
    expect(signatureFlaw(key, claimed, BODY, AT + 299)).toBeNull();
    expect(signatureFlaw(key, { ...claimed, signature: `v1,AAAA ${SIGNATURE}` }, BODY, AT)).toBeNull();
  });

  test.each([
    ['too old', claimed, AT + 301],
    ['from the future', claimed, AT - 301],
    ['of another version', { ...claimed, signature: SIGNATURE.replace('v1', 'v1a') }, AT],
    ['of another message', { ...claimed, id: 'msg_2' }, AT],
    ['without a signature', { ...claimed, signature: undefined }, AT],
    ['with a time that is none', { ...claimed, timestamp: '1e9' }, AT],
  ])('does not believe one that is %s', (_, said, now) => {
    expect(signatureFlaw(key, said, BODY, now)).not.toBeNull();
  });

  test.each(['', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_', 'whsec_AAAA', 'whsec_***'])(
    'has no key in %j',
    (text) => expect(readKey(text)).toBeUndefined(),
  );
});

describe('addresses that anybody could have', () => {
  test.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])(
    '%s',
    (address) => expect(isPublic(address)).toBe(true),
  );

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
  ])('not %s', (address) => expect(isPublic(address)).toBe(false));
});

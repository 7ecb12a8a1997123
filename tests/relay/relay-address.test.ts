import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/demo/user-error.ts';
import { parseRelayAddress } from '../../src/relay/relay-address.ts';

describe('the address of a relay', () => {
  test('names a server, and a talk on it', () => {
    expect(parseRelayAddress('nats://10.0.0.5:4222')).toEqual({
      servers: ['nats://10.0.0.5:4222'],
      talk: 'talk',
      shown: 'nats://10.0.0.5:4222/talk',
    });
    expect(parseRelayAddress('tls://nats.example/my-talk_2').talk).toBe('my-talk_2');
  });

  test('keeps a password out of what is shown', () => {
    const address = parseRelayAddress('nats://me:p%40ss@host:4222/t');
    expect(address).toMatchObject({ user: 'me', pass: 'p@ss', servers: ['nats://host:4222'] });
    expect(address.shown).toBe('nats://host:4222/t');
    expect(parseRelayAddress('nats://a-token@host/t')).toMatchObject({ token: 'a-token' });
  });

  test('ends in the key that the talk is signed with', () => {
    const address = parseRelayAddress('nats://me:word@host/t#the-key');
    expect(address).toMatchObject({ talk: 't', publicKey: 'the-key', shown: 'nats://host/t' });
  });

  test('that is none is refused with what to write instead', () => {
    for (const text of ['', 'localhost:4222', 'http://host', 'nats://', 'nats://host/a.b', 'nats://host/>']) {
      expect(() => parseRelayAddress(text), text).toThrow(UserError);
    }
  });
});

test('a % that begins no escape is one, in a password and in a name that is refused', () => {
  expect(parseRelayAddress('nats://me:100%@host/x')).toMatchObject({ user: 'me', pass: '100%' });
  expect(() => parseRelayAddress('nats://host/%')).toThrow('"%" can\'t be the name of a talk');
});

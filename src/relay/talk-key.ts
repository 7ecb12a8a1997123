import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** What tells the presenter's messages from everybody else's: only it can sign, everybody can check. */
export interface TalkKey {
  /** For the address, after `#`: 43 characters. */
  publicKey: string;
  /** To keep; base64url. */
  privateKey: string;
}

export type Sign = (bytes: Uint8Array) => Uint8Array;
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => boolean;

/** Ed25519: short keys, and thousands of signatures a second. Source: RFC 8032, RFC 8037. */
export function createTalkKey(): TalkKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { publicKey: x, privateKey: d };
}

export function toSign({ publicKey, privateKey }: TalkKey): Sign {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return (bytes) => sign(null, bytes, key);
}

/** Undefined for text that is no public key. */
export function toVerify(publicKey: string): Verify | undefined {
  if (!/^[\w-]{43}$/.test(publicKey)) return undefined;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  } catch {
    return undefined;
  }
  return (bytes, signature) => verify(null, bytes, key, signature);
}

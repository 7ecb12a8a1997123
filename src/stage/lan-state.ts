/** What the speaker is told of the second listener, the one that other devices reach. Pure. */
export interface LanState {
  /** `http://192.168.1.5:4101`; absent while this machine is in no network. */
  origin?: string;
  /** Why there is no address, and what to do, for people. */
  problem?: string;
  /** With `--remote`. */
  remote?: RemoteState;
  /** With `--audience`. */
  audience?: { followers: number };
}

export interface RemoteState {
  /** Pairs one phone, once, until it expires (the server's clock, in ms). */
  code: string;
  expiresAt: number;
  devices: PairedDevice[];
  /** Pairing codes that were tried and wrong. */
  guesses?: Guesses;
}

export interface PairedDevice {
  id: string;
  /** What it says that it is: `iPhone`. */
  name: string;
  address: string;
  pairedAt: number;
  /** Whether it listens right now. */
  isConnected: boolean;
}

export interface Guesses {
  count: number;
  /** The last few that they came from. */
  addresses: string[];
  lastAt: number;
}

/** What the QR code says. Behind the `#` the code stays on the phone: no proxy and no log sees it. */
export function toPairingAddress(origin: string, code: string): string {
  return `${origin}/remote#${code}`;
}

/** In two halves, for those who type it. */
export function toReadableCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

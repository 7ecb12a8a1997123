import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { findLanAddresses } from '../../src/server/lan/lan-address.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo[] => [
  {
    address,
    family: 'IPv4',
    internal,
    netmask: '255.255.255.0',
    mac: '00:00:00:00:00:00',
    cidr: `${address}/24`,
  },
];

test('phones find this machine on its Wi-Fi first, then on its cable', () => {
  const found = findLanAddresses({
    lo: at('127.0.0.1', true),
    eth0: at('10.1.1.2'),
    wlan0: at('192.168.1.5'),
  });
  expect(found).toEqual(['192.168.1.5', '10.1.1.2']);
});

test('networks of engines, virtual machines and tunnels are no way to this machine', () => {
  const interfaces = {
    docker0: at('172.17.0.1'),
    'br-12ab': at('172.18.0.1'),
    veth12: at('172.19.0.1'),
    virbr0: at('192.168.122.1'),
    tun0: at('10.8.0.2'),
    utun3: at('10.9.0.2'),
    wlp3s0: at('172.20.10.4'),
  };
  expect(findLanAddresses(interfaces)).toEqual(['172.20.10.4']);
});

test('without a network there is none, and an address that nobody gave does not count', () => {
  expect(findLanAddresses({ lo: at('127.0.0.1', true), eth0: at('169.254.7.7') })).toEqual([]);
});

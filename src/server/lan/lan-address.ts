import { networkInterfaces } from 'node:os';

/** Interfaces of engines, virtual machines and tunnels: no phone is behind them. */
const VIRTUAL =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|utun|tun|tap|wg|tailscale|zt|awdl|llw|bridge|lxc|vEthernet)/i;
/** Wi-Fi first: that is where phones are. */
const WIFI = /^(?:wl|wlan|wifi|ath|wi-fi|en0)/i;

/** The IPv4 addresses by which devices in this machine's networks reach it, the likeliest first. */
export function findLanAddresses(interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .filter(({ address }) => !address.startsWith('169.254.'))
      .map(({ address }) => ({ name, address })),
  );
  return found
    .filter(({ name }) => !VIRTUAL.test(name))
    .toSorted((a, b) => Number(WIFI.test(b.name)) - Number(WIFI.test(a.name)))
    .map(({ address }) => address);
}

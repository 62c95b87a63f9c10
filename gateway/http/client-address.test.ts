import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import { clientAddress } from './client-address.ts';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage;

it.each([
  ['the peer, whatever the header says, without a proxy', 0, '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['what the only proxy saw', 1, '10.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['what the outer of two proxies saw', 2, '10.0.0.1', '203.0.113.9, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
  ['the peer where the header is missing', 1, '10.0.0.1', undefined, '10.0.0.1'],
  ['the peer where the header is too short', 2, '10.0.0.1', '198.51.100.7', '10.0.0.1'],
  ['an IPv4 address in the clothes of IPv6', 0, '::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['the network of an IPv6 address', 0, '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'],
  ['the same network in another writing', 0, '2001:0DB8:1:2::9', undefined, '2001:db8:1:2'],
  ['the zeros that were left out', 0, '2001:db8::1', undefined, '2001:db8:0:0'],
])('is %s', (_case, proxies, peer, forwarded, expected) => {
  expect(clientAddress(request(peer, forwarded), proxies)).toBe(expected);
});

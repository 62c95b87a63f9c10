import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LoginDocument, RefreshDocument } from '../../operations/generated/documents.ts';
import { RawSocket } from '../gateway/support/raw-socket.ts';
import { anonymousClient, PASSWORD, type TestClient } from '../support/client.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';

const EMAIL = 'patient2@example.com';

let platform: TestPlatform;
let anyone: TestClient;

beforeAll(async () => {
  platform = await startPlatform();
  anyone = anonymousClient(platform.url);
}, 120_000);

afterAll(() => platform.stop());

it.each([
  ['signing out', (device: Device) => mutate(device, 'mutation { logout }')],
  ['a refresh token that is used twice', reuse],
  [
    'a password change on another device',
    async () => {
      const change = 'mutation { changePassword(currentPassword: "OLD", newPassword: "nine green tractors") }';
      await mutate(await signIn(), change.replace('OLD', PASSWORD));
    },
  ],
])(
  'closes the sockets of a session within two seconds of %s, and refuses its access token',
  async (_what, end: (device: Device) => Promise<void>) => {
    const [device, other] = [await signIn(), await signIn()];
    const sockets = [device, device].map(({ accessToken }) => new RawSocket(platform.url, { token: accessToken }));
    await Promise.all(sockets.map((socket) => socket.subscribe('s', 'subscription { notificationReceived { id } }')));
    expect(await codesOf(other)).toEqual([]);

    await end(device);
    const since = Date.now();

    const closes = await Promise.all(sockets.map(({ closed }) => closed));
    expect(Date.now() - since).toBeLessThan(2_000);
    expect(closes.map(([code, reason]) => `${code} ${reason}`)).toEqual([
      '4403 Your session has ended: sign in again',
      '4403 Your session has ended: sign in again',
    ]);
    expect(await codesOf(device)).toEqual(['UNAUTHENTICATED']);
  },
);

interface Device {
  readonly accessToken: string;
  readonly refreshToken: string;
}

async function signIn(): Promise<Device> {
  return (await anyone.data(LoginDocument, { email: EMAIL, password: PASSWORD })).login;
}

async function reuse({ refreshToken }: Device): Promise<void> {
  const first = await anyone.send(RefreshDocument, { refreshToken });
  const second = await anyone.send(RefreshDocument, { refreshToken });
  expect([first.errors?.length, second.errors?.length]).toEqual([undefined, 1]);
}

async function mutate(device: Device, query: string): Promise<void> {
  const { errors } = await ask(device, query);
  expect(errors).toBeUndefined();
}

async function codesOf(device: Device): Promise<string[]> {
  const { errors } = await ask(device, '{ me { id } }');
  return (errors ?? []).map(({ extensions }) => extensions.code);
}

interface Answer {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask({ accessToken }: Device, query: string): Promise<Answer> {
  const response = await fetch(`${platform.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

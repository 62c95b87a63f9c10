import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { CheckInDocument, ConfirmDocument, MyAppointmentsDocument } from '../../operations/generated/documents.ts';
import { signIn } from '../support/client.ts';
import { startOneAddress } from '../gateway/support/one-address.ts';
import { eventually } from '../gateway/support/supergraph-file.ts';
import { eventsOf } from '../support/events-of.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';
import { openSandbox, type OpenSandbox } from './open-sandbox.ts';

let platform: TestPlatform;
let sandbox: OpenSandbox;

beforeAll(async () => {
  platform = await startPlatform();
}, 120_000);

afterAll(() => platform.stop(), 30_000);

beforeEach(async () => {
  sandbox = await openSandbox(platform.url);
});

afterEach(() => sandbox.close());

/** As the patient, through the preloaded tabs. Gives the id of the new appointment. */
async function findAndBook({ signInAs, showTab, run }: OpenSandbox): Promise<string> {
  await signInAs('Patient');
  await showTab('FindDoctors');
  const found = await run();
  expect(found).toMatchObject({
    data: { doctors: { totalCount: 1, edges: [{ node: { user: { name: 'Dr. Layla Mansour' } } }] } },
  });

  await showTab('Book');
  const booked = (await run()) as { data: { bookAppointment: { appointment: { id: string } } } };
  expect(booked).toMatchObject({
    data: { bookAppointment: { __typename: 'AppointmentBooked', appointment: { status: 'REQUESTED' } } },
  });
  return booked.data.bookAppointment.appointment.id;
}

describe('the sandbox in a browser', () => {
  it('lets the patient find a doctor, book, and see the appointment confirmed as it happens', async () => {
    const id = await findAndBook(sandbox);
    await sandbox.showTab('MyAppointments');
    await sandbox.runLive();
    const doctor = await signIn(platform.url, 'doctor@example.com');

    await doctor.data(ConfirmDocument, { id });

    await sandbox.response.filter({ hasText: 'CONFIRMED' }).filter({ hasText: id }).waitFor();
    await sandbox.live.getByText(`id ${id} · status CONFIRMED`).waitFor();
    if (process.env['UPDATE_SCREENSHOTS'] !== undefined) {
      await sandbox.page.screenshot({ path: 'docs/images/sandbox.png' });
    }
    expect(sandbox.complaints).toEqual([]);
  });

  it('goes on with what happened while its connection was lost', async () => {
    const id = await findAndBook(sandbox);
    const doctor = await signIn(platform.url, 'doctor@example.com');
    const witness = eventsOf(doctor, MyAppointmentsDocument, {});
    await witness.ready;
    const address = await startOneAddress([Number(new URL(platform.url).port)]);
    const away = await openSandbox(address.url);
    await away.signInAs('Patient');
    await away.showTab('MyAppointments');
    await away.runLive();
    await doctor.data(ConfirmDocument, { id });
    await away.response.filter({ hasText: 'CONFIRMED' }).filter({ hasText: 'extensions' }).waitFor();

    address.lose();
    await away.live.getByText('connecting …').waitFor();
    await doctor.data(CheckInDocument, { id });
    while ((await witness.next()).data?.appointmentStatusChanged.appointment.status !== 'CHECKED_IN');
    await eventually(() => address.refused() > 0);
    address.restore();

    await away.live.getByText(`id ${id} · status CHECKED_IN`).waitFor({ timeout: 40_000 });
    const lines = await away.live.locator('summary code').allTextContents();
    expect(lines.flatMap((line) => /CHECKED_IN|CONFIRMED/.exec(line) ?? [])).toEqual(['CHECKED_IN', 'CONFIRMED']);
    await Promise.all([away.close(), address.stop(), witness.stop()]);
  }, 90_000);

  it('has a demo page, on which a phone gets what it missed, once and in order', async () => {
    const { page } = sandbox;
    const [phone, desk] = ["The patient's phone", "The doctor's desk"].map((name) =>
      page.getByRole('region', { name }),
    );
    if (phone === undefined || desk === undefined) throw new Error('two sides');
    const press = (label: string): Promise<void> => page.getByRole('button', { name: label }).click();
    // Of the booking itself the phone may hear too: it subscribes when the event may still be on its way.
    const told = async (): Promise<readonly string[]> =>
      (await phone.getByRole('listitem').allTextContents()).filter((line) => line !== 'was new, is REQUESTED');
    await page.goto(`${platform.url}/demo`);

    await press('Book an appointment');
    await phone.getByText('live', { exact: true }).waitFor();
    await press('Confirm');
    await phone.getByText('was REQUESTED, is CONFIRMED').waitFor();
    expect(sandbox.complaints).toEqual([]);
    await press('Take the connection away');
    await phone.getByText('no connection').waitFor();
    await press('Check in');
    await desk.getByText('CHECKED_IN').waitFor();
    await press('Start');
    await desk.getByText('IN_PROGRESS').waitFor();
    expect(await told()).toEqual(['was REQUESTED, is CONFIRMED']);
    await press('Give the connection back');

    await phone.getByText('was CHECKED_IN, is IN_PROGRESS').waitFor({ timeout: 40_000 });
    if (process.env['UPDATE_SCREENSHOTS'] !== undefined) await page.screenshot({ path: 'docs/images/demo.png' });
    expect(await told()).toEqual([
      'was REQUESTED, is CONFIRMED',
      'was CONFIRMED, is IN_PROGRESS',
      'was CHECKED_IN, is IN_PROGRESS',
    ]);
  }, 90_000);

  it('keeps listening as the patient while the doctor confirms in the same window', async () => {
    const id = await findAndBook(sandbox);
    await sandbox.openExample('AppointmentStatus');
    await sandbox.runLive();

    await sandbox.signInAs('Doctor');
    await sandbox.showTab('Confirm');
    expect(await sandbox.run()).toEqual({ data: { confirmAppointment: { id, status: 'CONFIRMED' } } });

    await sandbox.live.getByText('as Mona Saleh').waitFor();
    await sandbox.live.getByText('previousStatus REQUESTED').waitFor();
    expect(sandbox.complaints).toEqual([]);
  });

  it('says in plain words why a subscription is refused: nobody has signed in, or with a token that is none', async () => {
    const problem = sandbox.live.locator('.cg-problem');
    await sandbox.showTab('MyAppointments');

    await sandbox.page.locator('.graphiql-execute-button').click();
    await problem.filter({ hasText: /^Sign in / }).waitFor();
    expect(sandbox.complaints).toEqual([]);

    await sandbox.writeHeaders({ authorization: 'Bearer nonsense' });
    await sandbox.page.locator('.graphiql-execute-button').click();

    await problem
      .filter({ hasText: /Choose an account at the top, then run it again \(.*close code 440[13]\)/ })
      .waitFor();
  });

  it('lets a header written by hand win over the sign-in', async () => {
    await sandbox.signInAs('Patient');
    await sandbox.showTab('Me');
    expect(await sandbox.run()).toMatchObject({ data: { me: { email: 'patient@example.com' } } });

    await sandbox.writeHeaders({ authorization: 'Bearer nonsense' });
    const answer = await sandbox.run();

    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('opens every operation of the clients with one click', async () => {
    const names = readdirSync('operations')
      .filter((file) => file.endsWith('.graphql'))
      .flatMap((file) => parse(readFileSync(`operations/${file}`, 'utf8')).definitions as OperationDefinitionNode[])
      .map((operation) => operation.name?.value ?? '');

    for (const name of names) await sandbox.openExample(name);

    expect(names.length).toBeGreaterThan(30);
    expect(sandbox.complaints).toEqual([]);
  }, 60_000);

  it("runs a partner's stored operation by its id, with the partner's key", async () => {
    await sandbox.openExample('PartnerDoctorDirectory');
    const sent = sandbox.page.waitForRequest((request) => request.url().endsWith('/graphql'));

    const answer = await sandbox.run();

    expect((await sent).postDataJSON()).not.toHaveProperty('query');
    expect(await (await sent).headerValue('x-api-key')).toBe('demo-partner-key');
    expect(answer).toMatchObject({ data: { doctors: { edges: expect.any(Array) } } });
    expect(answer).not.toHaveProperty('errors');
  });

  it('renews the access token as it runs out', async () => {
    await sandbox.page.clock.install();
    await sandbox.page.reload();
    await sandbox.signInAs('Patient');
    const renewed = sandbox.page.waitForResponse((answer) => answer.request().postData()?.includes('Refresh') === true);

    await sandbox.page.clock.fastForward('14:50');

    expect(await (await renewed).json()).toMatchObject({ data: { refreshToken: { tokenType: 'Bearer' } } });
    await sandbox.page.getByText('15 min left').waitFor();
    await sandbox.showTab('Me');
    expect(await sandbox.run()).toMatchObject({ data: { me: { email: 'patient@example.com' } } });
    expect(sandbox.complaints).toEqual([]);
  });

  it('forgets who was signed in at sign-out, and not at a reload', async () => {
    await sandbox.signInAs('Nurse');
    await sandbox.page.reload();
    await sandbox.page.getByText('min left').waitFor();

    await sandbox.page.getByRole('button', { name: 'Sign out' }).click();
    await sandbox.page.getByText('Not signed in').waitFor();
    await sandbox.page.reload();

    await sandbox.page.getByText('Not signed in').waitFor();
    expect(sandbox.complaints).toEqual([]);
  });
});

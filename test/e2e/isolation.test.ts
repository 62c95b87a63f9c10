import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MyAppointmentsDocument } from '../../operations/generated/documents.ts';
import { IDENTITY_HEADER, SUBGRAPH_NAMES } from '../../wire/names.ts';
import { signIn, type Result, type TestClient } from '../support/client.ts';
import { eventsOf } from '../support/events-of.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';

/** What each of patient's things is asked for by, and where the answer would be. */
const BY_ID = {
  appointment: 'query ($id: ID!) { found: appointment(id: $id) { id status reason doctor { id } } }',
  order: 'query ($id: ID!) { found: order(id: $id) { id status total { amount } } }',
  notification: 'query ($id: ID!) { found: notification(id: $id) { id title body } }',
  consultation: 'query ($id: ID!) { found: consultation(id: $id) { id diagnosis notes } }',
  prescription: 'query ($id: ID!) { found: prescription(id: $id) { id items { dosage } } }',
} as const;

const OWN = `query {
  me { id }
  myAppointments(first: 50) { edges { node { id } } }
  myOrders(first: 50) { edges { node { id } } }
  notifications(first: 50) { edges { node { id } } }
}`;

const TIMELINE = `query ($id: ID!) {
  patient(id: $id) { timeline(first: 50) { edges { node { __typename id } } } }
}`;

type Json = Record<string, unknown>;

describe('one patient from another', () => {
  let platform: TestPlatform;
  let patient: TestClient;
  let patient2: TestClient;
  let doctor: TestClient;

  beforeAll(async () => {
    platform = await startPlatform();
    [patient, patient2, doctor] = (await Promise.all(
      ['patient', 'patient2', 'doctor'].map((name) => signIn(platform.url, `${name}@example.com`)),
    )) as [TestClient, TestClient, TestClient];
  }, 120_000);

  afterAll(() => platform.stop());

  const ask = async (
    client: TestClient | undefined,
    query: string,
    { variables = {}, headers = {} }: { variables?: object; headers?: Record<string, string> } = {},
  ): Promise<Result<Json>> => {
    const response = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(client?.token !== undefined && { authorization: `Bearer ${client.token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Result<Json>;
  };

  /** Ids of what is the patient's own, each asked for by the patient themself. */
  const belongings = async (): Promise<{ patientId: string; ids: Record<keyof typeof BY_ID, string> }> => {
    const { data } = await ask(patient, OWN);
    const patientId = (data?.['me'] as { id: string }).id;
    const first = (field: string): string => {
      const [edge] = (data?.[field] as { edges: { node: { id: string } }[] }).edges;
      return edge?.node.id ?? '';
    };
    const chart = await ask(patient, TIMELINE, { variables: { id: patientId } });
    const { edges } = (
      chart.data?.['patient'] as { timeline: { edges: { node: { __typename: string; id: string } }[] } }
    ).timeline;
    const entry = (type: string): string => edges.find(({ node }) => node.__typename === type)?.node.id ?? '';
    return {
      patientId,
      ids: {
        appointment: first('myAppointments'),
        order: first('myOrders'),
        notification: first('notifications'),
        consultation: entry('Consultation'),
        prescription: entry('Prescription'),
      },
    };
  };

  it("answers with the owner's things to the owner, and with nothing to another patient", async () => {
    const { ids } = await belongings();

    for (const [kind, query] of Object.entries(BY_ID)) {
      const variables = { id: ids[kind as keyof typeof BY_ID] };
      expect((await ask(patient, query, { variables })).data).toMatchObject({ found: variables });
      const other = await ask(patient2, query, { variables });
      expect({ kind, found: other.data?.['found'] ?? null }).toEqual({ kind, found: null });
      const nobody = await ask(undefined, query, { variables });
      expect(nobody.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    }
  });

  it('does not tell what is not visible from what does not exist', async () => {
    const { ids } = await belongings();

    for (const [kind, query] of Object.entries(BY_ID)) {
      const theirs = await ask(patient2, query, { variables: { id: ids[kind as keyof typeof BY_ID] } });
      const none = await ask(patient2, query, { variables: { id: 'does-not-exist' } });
      const plain = ({ data, errors }: Result<Json>): unknown => ({
        data,
        messages: errors?.map(({ message }) => message),
      });
      expect(plain(theirs)).toEqual(plain(none));
    }
  });

  it("keeps the patient's record and demographics closed, under any alias and in any company", async () => {
    const { patientId } = await belongings();
    const query = `query ($id: ID!) {
      a: patient(id: $id) { name dateOfBirth }
      b: patient(id: $id) { id allergies { substance } }
      mine: me { id email }
    }`;

    const { data } = await ask(patient2, query, { variables: { id: patientId } });

    expect(JSON.stringify(data ?? null)).not.toContain('Mona');
    expect(data?.['a'] ?? null).toBeNull();
    expect((data?.['b'] as { allergies?: unknown } | null | undefined)?.allergies ?? null).toBeNull();
  });

  it('has no _entities and no _service at the gateway', async () => {
    const { ids } = await belongings();
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Appointment { id status } } }';
    const variables = { r: [{ __typename: 'Appointment', id: ids.appointment }] };

    const entities = await ask(patient2, query, { variables });
    const service = await ask(patient2, '{ _service { sdl } }');

    expect(entities.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(service.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('reaches no subgraph past the gateway, and is not believed about who it is', async () => {
    const forged = [
      'eyJhbGciOiJub25lIn0',
      Buffer.from('{"kind":"user","sub":"x","roles":["ADMIN"]}').toString('base64url'),
      '',
    ];
    for (const name of SUBGRAPH_NAMES) {
      const attempt = (headers: Record<string, string>) =>
        fetch(platform.subgraphUrls[name] ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"query":"{ __typename }"}',
        });
      expect((await attempt({})).status).toBe(401);
      expect((await attempt({ [IDENTITY_HEADER]: forged.join('.') })).status).toBe(401);
      expect((await attempt({ authorization: `Bearer ${patient.token ?? ''}` })).status).toBe(401);
    }

    const claimed = await ask(undefined, '{ me { id } }', { headers: { [IDENTITY_HEADER]: forged.join('.') } });
    expect(claimed.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it("hears nothing of the other's appointments", async () => {
    const upcoming = `query { myAppointments(first: 50, filter: { upcoming: true, status: [REQUESTED] }) { edges { node { id } } } }`;
    const requested = async (client: TestClient): Promise<string> => {
      const { data } = await ask(client, upcoming);
      return (data?.['myAppointments'] as { edges: { node: { id: string } }[] }).edges[0]?.node.id ?? '';
    };
    const [theirs, own] = [await requested(patient), await requested(patient2)];
    const events = eventsOf(patient2, MyAppointmentsDocument, {});
    await events.ready;

    await ask(doctor, 'mutation ($id: ID!) { confirmAppointment(id: $id) { id } }', { variables: { id: theirs } });
    await ask(patient2, 'mutation ($id: ID!) { cancelAppointment(id: $id) { id } }', { variables: { id: own } });

    expect((await events.next()).data?.appointmentStatusChanged.appointment).toMatchObject({
      id: own,
      status: 'CANCELLED',
    });
    await events.stop();
  });

  it('writes no patient data and no secret into any log', async () => {
    const { patientId } = await belongings();
    await ask(doctor, TIMELINE, { variables: { id: patientId } });
    await ask(patient2, BY_ID.consultation, { variables: { id: 'x' } });

    for (const name of [...SUBGRAPH_NAMES, 'gateway']) {
      const log = readFileSync(join(platform.dataDir, 'logs', `${name}.log`), 'utf8');
      expect(log).not.toMatch(/Mona Saleh|patient@example\.com|caregraph-demo|diagnosis|eyJhbGciOi/);
    }
  });
});

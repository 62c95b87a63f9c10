import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { startPharmacy, type TestPharmacy } from '../../test/support/pharmacy.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';

const mona = person('mona', 'PATIENT');
const khaled = person('khaled', 'PATIENT');

/** As the frontend sends it, and a little more. */
const PLACE = `mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on OrderPlaced { order { id status total { amount currency } branch { id } delivery { status }
      items { product { id name } quantity unitPrice { amount currency } } } }
    ... on OutOfStock { items { productId requested available } } } }`;

let pharmacy: TestPharmacy;
let events: TestDatabase;

beforeAll(async () => {
  events = await createTestDatabase('events');
  pharmacy = await startPharmacy(events.url);
  await pharmacy.rows.query(`
    INSERT INTO pharmacy VALUES ('nile', 'Nile Pharmacy');
    INSERT INTO branch (id, pharmacy_id, name, street, city, country, currency) VALUES
      ('cairo', 'nile', 'Cairo', '1 Garden Street', 'Cairo', 'EG', 'EGP'), ('dubai', 'nile', 'Dubai', '2 Palm Street', 'Dubai', 'AE', 'AED');
    INSERT INTO category VALUES ('all', 'All');
    INSERT INTO product (id, name, manufacturer, category_id) VALUES ('tea', 'Tea', 'M', 'all'), ('soap', 'Soap', 'M', 'all'), ('rare', 'Rare', 'M', 'all');
    INSERT INTO product VALUES ('pill', 'Pill 5 mg', 'M', 'all', '5 mg', 'TABLET', true)`);
}, 60_000);

beforeEach(async () => {
  await pharmacy.rows.query(`
    DELETE FROM order_item; DELETE FROM delivery; DELETE FROM orders; DELETE FROM stock; DELETE FROM known_prescription;
    INSERT INTO stock (id, branch_id, product_id, quantity, price_hundredths, currency) VALUES
      ('s1', 'cairo', 'tea', 10, 1999, 'EGP'), ('s2', 'cairo', 'soap', 10, 3, 'EGP'), ('s3', 'cairo', 'pill', 10, 5000, 'EGP'),
      ('s4', 'dubai', 'tea', 10, 250, 'AED');
    INSERT INTO known_prescription VALUES ('p-mona', 'mona', 'ACTIVE'), ('p-khaled', 'khaled', 'ACTIVE'), ('p-old', 'mona', 'COMPLETED')`);
});

afterAll(async () => {
  await pharmacy.stop();
  await events.drop();
});

const place = (caller: Identity, input: object): Promise<Answer> =>
  pharmacy.ask(caller, PLACE, { input: { branchId: 'cairo', ...input } });
const tea = (quantity: number) => ({ productId: 'tea', quantity });
const soap = (quantity: number) => ({ productId: 'soap', quantity });

describe('an order', () => {
  it('takes its items out of the stock and costs their exact sum', async () => {
    const answer = await place(mona, { items: [tea(3), soap(2)] });

    expect(answer.data?.['placeOrder']).toMatchObject({
      __typename: 'OrderPlaced',
      order: {
        status: 'PLACED',
        total: { amount: '60.03', currency: 'EGP' },
        branch: { id: 'cairo' },
        delivery: null,
        items: [
          { product: { id: 'tea', name: 'Tea' }, quantity: 3, unitPrice: { amount: '19.99', currency: 'EGP' } },
          { product: { id: 'soap' }, quantity: 2, unitPrice: { amount: '0.03' } },
        ],
      },
    });
    expect(await stock()).toEqual({ 'cairo tea': 7, 'cairo soap': 8, 'cairo pill': 10, 'dubai tea': 10 });
  });

  it('adds up a product that is named twice', async () => {
    const answer = await place(mona, { items: [tea(2), soap(1), tea(3)] });

    expect(answer.data?.['placeOrder']).toMatchObject({ order: { items: [{ quantity: 5 }, { quantity: 1 }] } });
    expect((await place(mona, { items: [tea(3), tea(3)] })).data?.['placeOrder']).toEqual({
      __typename: 'OutOfStock',
      items: [{ productId: 'tea', requested: 6, available: 5 }],
    });
  });

  it('lists everything that is short, and takes nothing', async () => {
    const answer = await place(mona, { items: [tea(11), soap(1), { productId: 'rare', quantity: 1 }] });

    expect(answer.data?.['placeOrder']).toEqual({
      __typename: 'OutOfStock',
      items: [
        { productId: 'tea', requested: 11, available: 10 },
        { productId: 'rare', requested: 1, available: 0 },
      ],
    });
    expect(await stock()).toMatchObject({ 'cairo tea': 10, 'cairo soap': 10 });
    expect(await orders()).toEqual([]);
  });

  it.each([
    ['"branchId"', { branchId: 'nowhere', items: [tea(1)] }],
    ['no product "ghost"', { items: [{ productId: 'ghost', quantity: 1 }] }],
    ['"quantity"', { items: [tea(0)] }],
    ['"quantity"', { items: [tea(-5)] }],
    ['"quantity"', { items: [tea(101)] }],
    ['"quantity"', { items: [tea(60), tea(60)] }],
    ['"quantity"', { items: [tea(2), tea(-1)] }],
    ['"items"', { items: [] }],
    ['"items"', { items: Array.from({ length: 51 }, () => tea(1)) }],
    ['"idempotencyKey"', { items: [tea(1)], idempotencyKey: '' }],
  ])('says what is wrong: %s', async (words, input) => {
    const answer = await place(mona, input);

    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(answer.errors?.[0]?.message).toContain(words);
    expect(await orders()).toEqual([]);
    expect(await stock()).toMatchObject({ 'cairo tea': 10 });
  });

  it.each([
    ['somebody anonymous', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a doctor', person('layla', 'DOCTOR'), 'FORBIDDEN'],
    ['a pharmacy', person('desk', 'PHARMACY'), 'FORBIDDEN'],
    [
      'a patient without the scope',
      { kind: 'user', subject: 'mona', roles: ['PATIENT'], scopes: [] } satisfies Identity,
      'FORBIDDEN',
    ],
  ] as const)('is not taken from %s', async (_, caller, code) => {
    const answer = await place(caller, { items: [tea(1)] });

    expect(answer.errors?.[0]?.extensions?.['code']).toBe(code);
    expect(await orders()).toEqual([]);
  });
});

describe('a product that requires a prescription', () => {
  const pill = [{ productId: 'pill', quantity: 1 }];

  it('is sold to the patient of an active one', async () => {
    expect((await place(mona, { items: pill, prescriptionId: 'p-mona' })).data?.['placeOrder']).toMatchObject({
      __typename: 'OrderPlaced',
    });
  });

  it('is not sold without one, and the answer names the product', async () => {
    const answer = await place(mona, { items: [tea(1), ...pill] });

    expect(answer.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message).toContain('"Pill 5 mg" requires a prescription');
    expect(await stock()).toMatchObject({ 'cairo tea': 10, 'cairo pill': 10 });
  });

  it('is not sold for one that is not known, not active or somebody else’s, and these look the same', async () => {
    const answers = await Promise.all(
      ['no-such', 'p-old', 'p-khaled'].map((prescriptionId) => place(mona, { items: pill, prescriptionId })),
    );

    for (const answer of answers) expect(answer.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.message)).size).toBe(1);
    expect(await orders()).toEqual([]);
  });

  it('can be ordered as soon as the clinical record tells of the prescription', async () => {
    const bus = createPostgresEventBus({ connectionString: events.url });
    const issued = {
      id: 'e1',
      type: 'prescription.issued',
      source: 'clinical',
      subject: 'p-new',
      time: '2026-03-04T10:00:00.000Z',
      audience: ['khaled'],
      data: { prescriptionId: 'p-new', patientId: 'khaled', status: 'ACTIVE' },
    } as const;
    await bus.publish([issued]);
    await bus.publish([issued]);
    const isKnown = async (): Promise<boolean> =>
      (await pharmacy.rows.query(`SELECT 1 FROM known_prescription WHERE id = 'p-new'`)).rowCount === 1;
    expect(await waitUntil(isKnown, 30_000)).toBe(true);
    await bus.close();

    expect((await place(khaled, { items: pill, prescriptionId: 'p-new' })).data?.['placeOrder']).toMatchObject({
      __typename: 'OrderPlaced',
    });
    expect((await place(mona, { items: pill, prescriptionId: 'p-new' })).errors).toHaveLength(1);
  });
});

describe('many at once', () => {
  it('a hundred orders of the last ten pieces place ten, and the stock is never below zero', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => place(person(`patient-${index}`, 'PATIENT'), { items: [tea(1)] })),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const outcomes = answers.map(({ data }) => (data?.['placeOrder'] as { __typename: string }).__typename);
    expect(outcomes.filter((outcome) => outcome === 'OrderPlaced')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'OutOfStock')).toHaveLength(90);
    expect(await stock()).toMatchObject({ 'cairo tea': 0 });
    expect(await orders()).toHaveLength(10);
  }, 60_000);

  it('orders of the same products in opposite orders do not block each other', async () => {
    await pharmacy.rows.query('UPDATE stock SET quantity = 1000');
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const items = index % 2 === 0 ? [tea(1), soap(1)] : [soap(1), tea(1)];
        return place(person(`patient-${index}`, 'PATIENT'), { items });
      }),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(await stock()).toMatchObject({ 'cairo tea': 940, 'cairo soap': 940 });
  });

  it('twenty requests with one key are one order, even of the last piece', async () => {
    await pharmacy.rows.query(`UPDATE stock SET quantity = 1`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => place(mona, { items: [tea(1)], idempotencyKey: 'key-1' })),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(answers[0]?.data?.['placeOrder']).toMatchObject({ __typename: 'OrderPlaced' });
    expect(await orders()).toHaveLength(1);
    expect(await stock()).toMatchObject({ 'cairo tea': 0 });
  });

  it('the same key with another order is a conflict, with another patient an order of theirs', async () => {
    await place(mona, { items: [tea(1)], idempotencyKey: 'key-1' });

    const other = await place(mona, { items: [tea(2)], idempotencyKey: 'key-1' });
    expect(other.errors?.[0]?.extensions?.['code']).toBe('CONFLICT');
    expect((await place(khaled, { items: [tea(2)], idempotencyKey: 'key-1' })).errors).toBeUndefined();
    expect(await stock()).toMatchObject({ 'cairo tea': 7 });
  });

  it('PostgreSQL itself refuses to sell what is not there, and two currencies in one branch', async () => {
    await expect(pharmacy.rows.query('UPDATE stock SET quantity = quantity - 11')).rejects.toThrow('stock_quantity');
    await expect(pharmacy.rows.query(`UPDATE stock SET currency = 'AED' WHERE id = 's1'`)).rejects.toThrow(
      'foreign key',
    );
  });
});

describe('the orders of a patient', () => {
  const ORDER = 'query ($id: ID!) { order(id: $id) { id status total { amount } items { product { name } } } }';
  const ENTITY = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { id total { amount } } } }';
  const placed = async (caller: Identity): Promise<string> => {
    const answer = await place(caller, { items: [tea(1)] });
    return (answer.data?.['placeOrder'] as { order: { id: string } }).order.id;
  };

  it('are theirs by id, as an entity and in their list', async () => {
    const id = await placed(mona);

    expect((await pharmacy.ask(mona, ORDER, { id })).data?.['order']).toEqual({
      id,
      status: 'PLACED',
      total: { amount: '19.99' },
      items: [{ product: { name: 'Tea' } }],
    });
    expect((await pharmacy.ask(mona, ENTITY, { of: [{ __typename: 'Order', id }] })).data?.['_entities']).toMatchObject(
      [{ id }],
    );
    expect((await pharmacy.ask(mona, '{ myOrders { totalCount edges { node { id } } } }')).data?.['myOrders']).toEqual({
      totalCount: 1,
      edges: [{ node: { id } }],
    });
  });

  it.each([
    ['another patient', khaled],
    ['a pharmacy', person('desk', 'PHARMACY')],
    ['a doctor', person('layla', 'DOCTOR')],
    ['an administrator', person('admin', 'ADMIN')],
    [
      'a partner of the same name',
      { kind: 'partner', subject: 'mona', roles: ['PARTNER'], scopes: [] } satisfies Identity,
    ],
    ['somebody anonymous', ANONYMOUS],
  ] as const)('are nobody else’s: not those of %s', async (_, caller) => {
    const id = await placed(mona);

    const byId = await pharmacy.ask(caller, ORDER, { id });
    const byReference = await pharmacy.ask(caller, ENTITY, { of: [{ __typename: 'Order', id }] });
    const list = await pharmacy.ask(caller, '{ myOrders { totalCount edges { node { id } } } }');

    expect(byId.data?.['order'] ?? null).toBeNull();
    expect(byReference.data?.['_entities']).toEqual([null]);
    expect(JSON.stringify([byId, byReference, list])).not.toContain(id);
    expect(JSON.stringify(list)).not.toContain('19.99');
  });

  it('come latest first, page by page, for as many statements as one', async () => {
    await pharmacy.rows.query(`UPDATE stock SET quantity = 100`);
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.unshift(await placed(mona));
    await pharmacy.rows.query(
      `UPDATE orders SET created_at = timestamptz '2026-03-01' - place * interval '1 hour'
      FROM unnest($1::text[]) WITH ORDINALITY AS newest (id, place) WHERE orders.id = newest.id`,
      [ids],
    );
    await pharmacy.rows.query(`INSERT INTO delivery SELECT id, 'DISPATCHED', 'CG1' FROM orders`);
    const page = async (first: number, after?: string) => {
      pharmacy.statements.length = 0;
      const answer = await pharmacy.ask(
        mona,
        `query ($first: Int!, $after: String) { myOrders(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
          edges { node { id delivery { status } branch { pharmacy { name } } items { product { name category { name } } } } } } }`,
        { first, after },
      );
      const { edges, pageInfo } = answer.data?.['myOrders'] as {
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      return { ids: edges.map(({ node }) => node.id), pageInfo, statements: pharmacy.statements.length };
    };

    const one = await page(4);
    const two = await page(4, one.pageInfo.endCursor);
    expect([...one.ids, ...two.ids]).toEqual(ids);
    expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual([true, false]);
    expect((await page(1)).statements).toBe(one.statements);
    expect(one.statements).toBeLessThanOrEqual(8);
  });
});

async function stock(): Promise<Record<string, number>> {
  const { rows } = await pharmacy.rows.query<{ key: string; quantity: number }>(
    `SELECT branch_id || ' ' || product_id AS key, quantity FROM stock`,
  );
  return Object.fromEntries(rows.map(({ key, quantity }) => [key, quantity]));
}

async function orders(): Promise<unknown[]> {
  const { rows } = await pharmacy.rows.query<{ id: string }>('SELECT id FROM orders');
  return rows;
}

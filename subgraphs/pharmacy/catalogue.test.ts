import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedPharmacy } from '../../prisma/seed/pharmacy.ts';
import { prescriptionsOf } from '../../prisma/seed/prescriptions.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { startPharmacy, type TestPharmacy } from '../../test/support/pharmacy.ts';
import { person } from '../../test/support/test-gateway.ts';
import { ANONYMOUS } from '../../wire/identity.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

interface Found {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[];
}

/** As the frontend sends it. */
const SEARCH = `query SearchProducts($text: String!, $first: Int!, $after: String) {
  searchProducts(text: $text, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id name manufacturer category { name } medicine { dosage form prescriptionRequired }
      stock(first: 5) { quantity price { amount currency } branch { id name pharmacy { id name } } } } } } }`;

const world = buildWorld(new Date('2026-03-04T10:00:00Z'));

let pharmacy: TestPharmacy;

beforeAll(async () => {
  pharmacy = await startPharmacy();
  await seedPharmacy(pharmacy.databaseUrl, world);
  await pharmacy.rows.query(`
    INSERT INTO category VALUES ('wild', '100%_Wild');
    INSERT INTO product (id, name, manufacturer, category_id) VALUES
      ('odd', 'Under_score 50% Tea', 'Back\\slash Labs', 'wild'), ('plain', 'Underscore 505 Tea', 'Plain Labs', 'wild')`);
}, 60_000);

afterAll(async () => {
  await pharmacy.stop();
});

async function search(text: string, first = 100, after?: string | null): Promise<Found> {
  const answer = await pharmacy.ask(ANONYMOUS, SEARCH, { text, first, after });
  expect(answer.errors).toBeUndefined();
  return answer.data?.['searchProducts'] as Found;
}

async function names(text: string): Promise<string[]> {
  return (await search(text)).edges.map(({ node }) => node.name);
}

it('has a rule for every field', () => {
  expect(fieldsWithoutRule(loadSchema('pharmacy', resolvers), permissions)).toEqual([]);
});

describe('a search', () => {
  it('is open to everybody and answers with everything that the frontend shows', async () => {
    const { edges, totalCount } = await search('amoxicillin 500');

    expect(totalCount).toBe(2);
    expect(edges[0]?.node).toMatchObject({
      name: 'Amoxicillin 500 mg',
      category: { name: 'Antibiotics' },
      medicine: { dosage: '500 mg', form: 'CAPSULE', prescriptionRequired: true },
    });
    const { stock } = edges[0]?.node as unknown as { stock: { quantity: number; price: { amount: string } }[] };
    expect(stock).toHaveLength(5);
    expect(stock.map(({ quantity }) => quantity)).toEqual(
      stock.map(({ quantity }) => quantity).toSorted((a, b) => b - a),
    );
    expect(stock[0]?.price.amount).toMatch(/^\d+\.\d\d$/);
  });

  it('finds parts of words in names, makers and categories, whatever their case', async () => {
    expect(await names('AMLODI')).toHaveLength(4);
    expect((await search('nilora')).edges.every(({ node }) => JSON.stringify(node).includes('Nilora Pharma'))).toBe(
      true,
    );
    expect((await search('antibiotics')).totalCount).toBe(28);
    expect(new Set(await names('toothbrush whitening'))).toEqual(new Set(['Toothbrush Whitening']));
  });

  it('puts names that begin with the word before those that hold it elsewhere', async () => {
    const found = await names('baby');

    expect(found[0]).toMatch(/^Baby /);
    expect(found.findIndex((name) => !name.startsWith('Baby'))).toBeGreaterThan(
      found.findLastIndex((name) => name.startsWith('Baby')),
    );
  });

  it('forgives a slip of the finger, after what is spelled right', async () => {
    expect(new Set(await names('paracetamoll'))).toEqual(new Set(['Paracetamol 500 mg', 'Paracetamol 1 g']));
  });

  it('takes signs of its own language by their letter', async () => {
    expect(await names('50%')).toEqual(['Under_score 50% Tea']);
    expect(await names('under_score')).toEqual(['Under_score 50% Tea']);
    expect(await names('back\\slash')).toEqual(['Under_score 50% Tea']);
    expect(await names("'; DROP TABLE product; --")).toEqual([]);
  });

  it('is the same whether read in one page or in pages of seven', async () => {
    const whole = (await search('baby', 100)).edges.map(({ node }) => node.id);
    const parts: string[] = [];
    for (let after: string | null | undefined, more = true; more;) {
      const page = await search('baby', 7, after);
      parts.push(...page.edges.map(({ node }) => node.id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }

    expect(parts).toEqual(whole);
    expect(new Set(parts).size).toBe((await search('baby', 0)).totalCount);
  });

  it('without words lists everything by name', async () => {
    const { totalCount, edges } = await search('   ', 3);

    expect(totalCount).toBe(402);
    expect(edges[0]?.node.name).toMatch(/^A/);
  });

  it.each([
    { text: 'x'.repeat(101), first: 5 },
    { text: 'a b c d e f g h i', first: 5 },
    { text: 'a', first: 101 },
    { text: 'a', first: 5, after: Buffer.from('["NaN","a","b"]').toString('base64url') },
    { text: 'a', first: 5, after: 'x' },
    { text: 'a\u0000b', first: 5 },
  ])('refuses what it cannot read: %j', async (variables) => {
    const answer = await pharmacy.ask(ANONYMOUS, SEARCH, variables);
    expect(answer.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('costs as many statements for fifty products as for one', async () => {
    const statementsFor = async (first: number): Promise<number> => {
      pharmacy.statements.length = 0;
      expect((await search('m', first)).edges).toHaveLength(first);
      return pharmacy.statements.length;
    };

    const forOne = await statementsFor(1);
    expect(await statementsFor(50)).toBe(forOne);
    expect(forOne).toBe(6);
  });

  it('finds a product under the new name of its category', async () => {
    await pharmacy.rows.query(`UPDATE category SET name = 'Teas' WHERE id = 'wild'`);

    expect(await names('teas')).toHaveLength(2);
    expect(await names('wild')).toEqual([]);
  });
});

it('resolves products, branches and pharmacies as entities, unknown ones as null', async () => {
  const { rows } = await pharmacy.rows.query<{ product: string; branch: string; pharmacy: string }>(`
    SELECT product_id AS product, branch_id AS branch, pharmacy_id AS pharmacy
    FROM stock JOIN branch ON branch.id = branch_id LIMIT 1`);
  const [row] = rows;
  const representations = [
    { __typename: 'Product', id: row?.product },
    { __typename: 'Branch', id: row?.branch },
    { __typename: 'Pharmacy', id: row?.pharmacy },
    { __typename: 'Product', id: 'no-such' },
    { __typename: 'Product', id: { not: '' } },
  ];
  const answer = await pharmacy.ask(
    ANONYMOUS,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { id name stock { quantity } }
      ... on Branch { id address { street city country } pharmacy { name } } ... on Pharmacy { id name } } }`,
    { of: representations },
  );

  expect(answer.errors).toBeUndefined();
  expect(answer.data?.['_entities']).toMatchObject([
    { id: row?.product },
    { id: row?.branch, address: { country: expect.stringMatching(/^(EG|AE|SA)$/) } },
    { id: row?.pharmacy },
    null,
    null,
  ]);
});

it('shows no branch that has none left', async () => {
  const { rows } = await pharmacy.rows.query<{ id: string }>(
    `SELECT product_id AS id FROM stock WHERE quantity = 0 LIMIT 1`,
  );
  const answer = await pharmacy.ask(
    ANONYMOUS,
    `query ($id: ID!) { product(id: $id) { stock(first: 50) { quantity } } }`,
    { id: rows[0]?.id },
  );

  const { stock } = answer.data?.['product'] as { stock: { quantity: number }[] };
  expect(stock).toHaveLength(9);
  expect(stock.every(({ quantity }) => quantity > 0)).toBe(true);
});

describe('the seed', () => {
  it('gives the demo patient orders in every status', async () => {
    const patient = world.people.find(({ email }) => email === 'patient@example.com')?.id ?? '';
    const answer = await pharmacy.ask(
      person(patient, 'PATIENT'),
      '{ myOrders(first: 20) { totalCount edges { node { id status total { amount currency } delivery { status trackingNumber } } } } }',
    );

    const { edges } = answer.data?.['myOrders'] as { edges: { node: { status: string } }[] };
    expect(new Set(edges.map(({ node }) => node.status)).size).toBe(6);
  });

  it('adds up, knows the prescriptions of the clinical record, and runs once', async () => {
    const wrong = await pharmacy.rows.query(`
      SELECT id FROM orders WHERE total_hundredths <>
        (SELECT sum(quantity * unit_price_hundredths) FROM order_item WHERE order_id = orders.id)`);
    const known = await pharmacy.rows.query<{ id: string }>('SELECT id FROM known_prescription');

    expect(wrong.rows).toEqual([]);
    expect(new Set(known.rows.map(({ id }) => id))).toEqual(new Set(prescriptionsOf(world).map(({ id }) => id)));
    expect(await seedPharmacy(pharmacy.databaseUrl, world)).toBe('kept');
  });
});

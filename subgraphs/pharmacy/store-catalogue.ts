import { Prisma } from '../../prisma/pharmacy/generated/client.ts';
import type { BranchRecord, PharmacyRecord, ProductCategoryRecord, ProductRecord, StockItemRecord } from './records.ts';
import type { Database } from './store.ts';

/** A product as a search found it; `rank` is a decimal number, greater for better matches. */
export interface FoundProduct extends ProductRecord {
  readonly rank: string;
}

/** `limit` products that follow a place in the order of rank (greatest first), name and id. */
export interface ProductPage {
  readonly limit: number;
  readonly after: { readonly rank: string; readonly name: string; readonly id: string } | undefined;
}

type Ids = readonly string[];

export type CatalogueStore = ReturnType<typeof createCatalogueStore>;

/** Reads what pharmacies sell, where, and how much of it is there. */
export function createCatalogueStore(database: Database) {
  return {
    products(ids: Ids): Promise<ProductRecord[]> {
      return database.product.findMany({ where: { id: { in: [...ids] } }, omit: { searchText: true } });
    },
    categories(ids: Ids): Promise<ProductCategoryRecord[]> {
      return database.category.findMany({ where: { id: { in: [...ids] } } });
    },
    branches(ids: Ids): Promise<BranchRecord[]> {
      return database.branch.findMany({ where: { id: { in: [...ids] } } });
    },
    pharmacies(ids: Ids): Promise<PharmacyRecord[]> {
      return database.pharmacy.findMany({ where: { id: { in: [...ids] } } });
    },
    /** Up to `first` branches that have each product, most in stock first: one statement. */
    stockOf(productIds: Ids, first: number): Promise<StockItemRecord[]> {
      return database.$queryRaw<StockItemRecord[]>`
        SELECT item.id, item.branch_id AS "branchId", item.product_id AS "productId", item.quantity,
          item.price_hundredths AS "priceHundredths", item.currency
        FROM unnest(${[...productIds]}::text[]) AS product (id)
        CROSS JOIN LATERAL (
          SELECT * FROM stock WHERE product_id = product.id AND quantity > 0 ORDER BY quantity DESC, id LIMIT ${first}
        ) AS item
        ORDER BY item.product_id, item.quantity DESC, item.id`;
    },
    search: (words: readonly string[], page: ProductPage) => search(database, words, page),
    async countFound(words: readonly string[]): Promise<number> {
      const rows = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM product WHERE ${matches(words)}`;
      return rows[0]?.count ?? 0;
    },
  };
}

function search(database: Database, words: readonly string[], { limit, after }: ProductPage): Promise<FoundProduct[]> {
  const following =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE rank < ${after.rank}::numeric
          OR (rank = ${after.rank}::numeric AND (name, id) > (${after.name}, ${after.id}))`;
  return database.$queryRaw<FoundProduct[]>`
    SELECT id, name, manufacturer, category_id AS "categoryId", dosage, form,
      prescription_required AS "prescriptionRequired", rank::text AS rank
    FROM (SELECT product.*, ${rank(words)} AS rank FROM product WHERE ${matches(words)}) AS found
    ${following}
    ORDER BY found.rank DESC, name, id LIMIT ${limit}`;
}

/** Only words that a finger can slip in are guessed at: numbers and short words are meant as they stand. */
const GUESSABLE = /^\p{L}{5,}$/u;

/** Every word occurs somewhere, or nearly does (pg_trgm's word similarity, 0.6 by default). */
function matches(words: readonly string[]): Prisma.Sql {
  if (words.length === 0) return Prisma.sql`true`;
  const conditions = words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    const occurs = Prisma.sql`search_text LIKE lower(${pattern})`;
    return GUESSABLE.test(word) ? Prisma.sql`(${occurs} OR lower(${word}) <% search_text)` : occurs;
  });
  return Prisma.join(conditions, ' AND ');
}

/** A word counts most at the start of the name, less within it, less still elsewhere, and least when it is spelled otherwise. */
function rank(words: readonly string[]): Prisma.Sql {
  return Prisma.sql`round((
    SELECT coalesce(sum(CASE
      WHEN starts_with(lower(product.name), word) THEN 4
      WHEN strpos(' ' || lower(product.name), ' ' || word) > 0 THEN 3
      WHEN strpos(lower(product.name), word) > 0 THEN 2
      WHEN strpos(search_text, word) > 0 THEN 1
      ELSE word_similarity(word, search_text)::numeric * 0.9
    END), 0) FROM (SELECT lower(given) AS word FROM unnest(${[...words]}::text[]) AS given) AS words), 3)`;
}

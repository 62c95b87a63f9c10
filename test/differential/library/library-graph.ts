import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { at, row, type Row } from '../market/market-rows.ts';
import type { Args, DataObject, DerivedRule, FieldRule, MadeUpGraph, Read } from '../made-up/made-up-graph.ts';
import { libraryRows, type LibraryRows } from './library-rows.ts';

const SUBGRAPHS = ['media', 'ratings', 'loans', 'people', 'archive'];

/** A library of five subgraphs, of which three know media by their interface only; made anew on every call. */
export function createLibrary(): MadeUpGraph {
  const rows = libraryRows();
  return {
    subgraphs: SUBGRAPHS.map((name) => ({
      name,
      sdl: readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'),
    })),
    get rows() {
      return Object.values<readonly DataObject[]>({ ...rows }).flat();
    },
    fields: { ...rootFields(rows), ...mutations(rows), ...FIELDS },
    derived: DERIVED,
    interfaces: { Book: ['Media'], Film: ['Media'], Song: ['Media'] },
    isUnknown: (subgraph, { __typename, n }) => subgraph === 'archive' && __typename === 'Person' && isUnsigned(n),
    samples: {
      id: ['m0', 'm1', 'm2', 'm4', 'm6', 'p0', 'p3', 'p5', 'g1', 'g8', 'none'],
      ids: ['p0', 'p1', 'p4', 'none'],
      media: ['m0', 'm1', 'm5', 'none'],
      first: [0, 1, 2, 4],
    },
  };
}

function rootFields({ media, studios, people, cats, ratings, loans, devices, branches }: LibraryRows) {
  const desk = row('Desk', { open: true, phone: null, clerk: people[1] });
  return {
    'Query.media': (_, { id }) => media.find((medium) => medium['id'] === id),
    'Query.allMedia': (_, { first, kind }) =>
      firstOf(
        media.filter(({ __typename }) => kind == null || __typename.toUpperCase() === kind),
        first,
      ),
    'Query.newest': () => media[8],
    'Query.grid': () => [[media[0], null], [], [media[1], media[2], media[6]]],
    'Query.creators': (_, { first }) => firstOf([people[0], studios[1], null, people[3]], first),
    'Query.works': () => [media[1], media[3], media[4]],
    'Query.topRated': (_, { first }) => firstOf([media[5], null, media[2], media[7]], first),
    'Query.rating': (_, { id }) => ratings.find((rating) => rating['id'] === id),
    'Query.ratings': (_, { filter }) => filteredBy(ratings, filter as Args | null | undefined),
    'Query.loans': (_, { open, first }) =>
      firstOf(
        loans.filter(({ isOpen }) => open == null || isOpen === open),
        first,
      ),
    'Query.loanables': () => [media[0], devices[1], null, media[1], media[5], devices[0]],
    'Query.borrowers': () => [people[1], branches[0], people[3], branches[1]],
    'Query.desk': () => desk,
    'Query.person': (_, { id }) => people.find((person) => person['id'] === id),
    'Query.people': (_, { ids, first }) =>
      firstOf(
        ids == null ? people : (ids as readonly string[]).map((id) => people.find((person) => person['id'] === id)),
        first,
      ),
    'Query.everyone': () => [people[0], cats[0], people[4], cats[1]],
    'Query.shelfMarks': (_, { first }) => firstOf([media[3], media[6], media[1]], first),
  } satisfies Record<string, FieldRule>;
}

function mutations({ media, people, ratings }: LibraryRows) {
  return {
    'Mutation.rate': (_, args) => {
      const medium = media.find(({ id }) => id === args['media']);
      if (medium === undefined) return null;
      // An id that is free, also after one has been taken away.
      const n = 1 + Math.max(-1, ...ratings.map((rating) => Number(rating['n'])));
      const rating: Row = row('Rating', {
        n,
        id: `g${n}`,
        value: args['value'],
        media: medium,
        by: at(people, n),
        note: null,
        grade: 'GOOD',
      });
      ratings.push(rating);
      medium['ratings'] = [rating, ...((medium['ratings'] as readonly Row[] | null) ?? [])];
      return rating;
    },
    'Mutation.unrate': (_, { id }) => {
      const index = ratings.findIndex((rating) => rating['id'] === id);
      if (index === -1) throw new GraphQLError('no such rating');
      ratings.splice(index, 1);
      return true;
    },
  } satisfies Record<string, FieldRule>;
}

const FIELDS: Readonly<Record<string, FieldRule>> = {
  'Media.title': ({ fullTitle }, { short }) =>
    typeof fullTitle === 'string' && short === true ? fullTitle.slice(0, 7) : fullTitle,
  'Media.creators': ({ creators }, { first }) => firstOf(creators, first),
  'Media.length': ({ pages }, { unit }) => (pages === null ? null : unit === 'HALF' ? Number(pages) >> 1 : pages),
  'Media.stars': ({ n }, { scale }) => (n === 3 ? null : (Number(n) / 10) * Number(scale ?? 1)),
  'Media.ratings': ({ ratings }, { first }) => firstOf(ratings, first),
  'Media.fans': ({ fans }, { first }) => firstOf(fans, first),
  'Media.scans': ({ scans }, { first }) => firstOf(scans, first),
  'Book.loans': ({ loans }, { first }) => firstOf(loans, first),
  'Film.loans': (film, { first }) => (isLent(film) ? firstOf(film['loans'], first) : null),
  'Film.shelf': (film) => (isLent(film) ? film['shelf'] : null),
  'Song.failing': ({ n }) => {
    if (n === 6) throw new GraphQLError('failing on purpose');
    return 'fine';
  },
  'Device.loans': ({ loans }, { first }) => firstOf(loans, first),
  'Loan.days': ({ n }, { scale }) => (n === 7 ? null : Number(n) * Number(scale ?? 1)),
  'Person.name': ({ fullName }, { style }) => styled(fullName, style),
  'Person.children': ({ children }, { first }) => firstOf(children, first),
  'Person.borrowed': (person, { first }) =>
    isBorrower(person['passport']) ? firstOf(person['borrowed'], first) : null,
  'Person.born': ({ n, born }) => (isUnsigned(n) ? null : born),
  'Person.signature': ({ n, signature }) => (isUnsigned(n) ? null : signature),
  'Cat.name': ({ fullName }, { style }) => styled(fullName, style),
};

const DERIVED: Readonly<Record<string, DerivedRule>> = {
  'Media.headline': (read) => `${String(read('title', { short: true }))}!`,
  'Media.verdict': (read) => `Verdict on ${String(read('shelfMark'))}`,
  'Media.shelfMark': (read) => `mark ${String(read('year'))}`,
  'Book.fee': (read) => Number(read('length', { unit: 'WHOLE' }) ?? -10) / 10,
  'Book.label': (read) => {
    const author = read('author') as Read | null;
    return `${author === null ? 'anonymous' : String(author('name'))}: ${String(read('title'))}`;
  },
  'Film.fee': (read) => {
    const isKnown = isLent({ studio: read('studio'), number: read('number') });
    return isKnown ? Number(read('length', { unit: 'HALF' }) ?? -10) / 10 : null;
  },
  'Person.reminder': (read) => {
    const passport = read('passport') as Read | null;
    const isKnown = passport !== null && isBorrower({ number: passport('number') });
    return isKnown ? `Dear ${String(read('name', { style: 'SHORT' }))}` : null;
  },
};

/** Loans finds films by their studio and number, and people by their passport; where a part is null, it cannot. */
function isLent({ studio, number }: Readonly<Record<string, unknown>>): boolean {
  return studio !== null && number !== null;
}

function isBorrower(passport: unknown): boolean {
  return passport !== null && (passport as DataObject)['number'] !== null;
}

/** The archive has never heard of some. */
function isUnsigned(n: unknown): boolean {
  return n === 5;
}

function filteredBy(ratings: readonly Row[], filter: Args | null | undefined): unknown[] {
  const { values, by } = filter ?? {};
  const found = ratings.filter(({ value, by: person }) => {
    const isWanted = values == null || (values as readonly unknown[]).includes(value);
    return isWanted && matchesPerson((person as Row | null)?.['id'], by as Args | null | undefined);
  });
  return found.slice(0, 5);
}

function matchesPerson(id: unknown, filter: Args | null | undefined): boolean {
  if (filter == null) return true;
  const isRight = filter['id'] == null || filter['id'] === id;
  return isRight && (filter['not'] == null || !matchesPerson(id, filter['not'] as Args));
}

function styled(name: unknown, style: unknown): unknown {
  return typeof name === 'string' && style === 'SHORT' ? name.slice(0, 8) : name;
}

function firstOf(items: unknown, first: unknown): unknown[] | null {
  return items == null ? null : (items as readonly unknown[]).slice(0, Number(first ?? 4));
}

import { at, range, row, type Row } from '../market/market-rows.ts';

export interface LibraryRows {
  readonly media: readonly Row[];
  readonly studios: readonly Row[];
  readonly people: readonly Row[];
  readonly cats: readonly Row[];
  readonly ratings: Row[];
  readonly loans: readonly Row[];
  readonly devices: readonly Row[];
  readonly branches: readonly Row[];
}

const KINDS = ['Book', 'Film', 'Song', 'Book', 'Film', 'Book', 'Song', 'Film', 'Book'];

/** The library's data: the same every time, with nulls, empty lists and shared references in it. */
export function libraryRows(): LibraryRows {
  const people = range(6).map(personRow);
  const studios = range(2).map((n) => row('Studio', { n, code: `s${n}`, label: n === 1 ? null : `Studio ${n}` }));
  const media = KINDS.map((kind, n) => mediaRow(kind, n));
  const ratings = range(12).map((n) =>
    row('Rating', {
      n,
      id: `g${n}`,
      value: n % 5,
      note: n % 3 === 0 ? null : `note ${n}`,
      grade: at(['GOOD', 'BAD', null, 'GOOD', 'SECRET'], n),
    }),
  );
  const cats = range(2).map((n) => row('Cat', { n, fullName: `Cat ${n}`, lives: 9 - n }));
  const devices = range(2).map((n) => row('Device', { n, shelf: n === 0 ? null : 'desk', power: n * 5 }));
  const branches = range(2).map((n) => row('Branch', { n, name: `Branch ${n}`, head: n === 1 ? null : at(people, 2) }));
  const loans = range(9).map((n) => row('Loan', { n, number: n, isOpen: n % 3 === 1 }));

  for (const medium of media) {
    const n = Number(medium['n']);
    medium['sequel'] = n % 3 === 2 ? null : at(media, n + 1 + (n % 2));
    medium['kin'] = kinOf(medium, media);
    medium['creators'] = n === 4 ? null : range(n % 4).map((k) => (k === 1 ? at(studios, n) : at(people, n + k)));
    medium['ratings'] = n === 7 ? null : ratings.filter((rating) => Number(rating['n']) % 6 === n);
    medium['fans'] = n === 5 ? null : range((n + 1) % 3).map((k) => at(people, n + k));
    medium['scans'] =
      n === 3
        ? null
        : range(n % 3).map((page) =>
            page === 1 ? null : row('Scan', { page, media: at(media, n + page), of: n === 8 ? null : at(people, n) }),
          );
    Object.assign(medium, {
      author: n === 5 ? null : at(people, n),
      director: at(people, n + 1),
      singer: n === 6 ? null : at(people, n),
    });
    medium['studio'] = n === 7 ? null : at(studios, n);
    medium['basedOn'] = n === 1 ? null : media[n === 4 ? 3 : 5];
    medium['chapters'] = range(n % 4).map((k) =>
      row('Chapter', { heading: k === 1 ? null : `Chapter ${k}`, pages: k + n, book: medium }),
    );
    medium['loans'] =
      n === 8 ? null : loans.filter((loan) => Number(loan['n']) % 9 === n || Number(loan['n']) % 4 === n);
  }
  for (const studio of studios)
    studio['films'] = [...media.filter((medium) => medium.__typename === 'Film' && medium['studio'] === studio), null];
  for (const rating of ratings) {
    const n = Number(rating['n']);
    Object.assign(rating, { media: n === 11 ? null : at(media, n % 6), by: n % 4 === 3 ? null : at(people, n) });
  }
  // What loans refers to, it must be able to name.
  const loanable = media.filter(
    ({ __typename, number, studio }) =>
      __typename === 'Book' || (__typename === 'Film' && number !== null && studio !== null),
  );
  for (const loan of loans) {
    const n = Number(loan['n']);
    loan['item'] = n === 4 ? null : n % 4 === 2 ? at(devices, n) : at(loanable, n);
    loan['borrower'] = n === 6 ? null : n % 3 === 2 ? at(branches, n) : at(people.slice(0, 4), n);
    loan['history'] = n === 3 ? null : [[at(people, n % 4), null, at(branches, n)], null, []];
  }
  for (const person of people) {
    const n = Number(person['n']);
    person['spouse'] = n === 2 ? null : at(people, n % 2 === 0 ? n + 1 : n - 1);
    person['children'] = n === 1 ? null : range(n % 3).map((k) => at(people, n + k + 2));
    person['pets'] = n === 0 ? null : [at(cats, n), null, at(people, n + 1)];
    person['address'] =
      n === 4
        ? null
        : row('Address', {
            street: n === 1 ? null : `Street ${n}`,
            city: row('City', { name: `City ${n}`, mayor: n === 3 ? null : at(people, n + 2) }),
          });
    person['favourite'] = n === 5 ? null : at(media, n * 2);
    person['given'] = [...ratings.filter((rating) => rating['by'] === person), null];
    person['borrowed'] = loans.filter((loan) => loan['borrower'] === person);
  }
  for (const device of devices) device['loans'] = loans.filter((loan) => loan['item'] === device);
  return { media, studios, people, cats, ratings, loans, devices, branches };
}

/** What a book or a film is akin to is of its own type. */
function kinOf({ __typename, n }: Row, media: readonly Row[]): Row | null | undefined {
  if (n === 5) return null;
  const akin = __typename === 'Song' ? media : media.filter((one) => one.__typename === __typename);
  return at(akin, Number(n) + 1);
}

function mediaRow(kind: string, n: number): Row {
  return row(kind, {
    n,
    id: `m${n}`,
    fullTitle: n === 6 ? null : `Title ${n} of all`,
    year: n === 3 ? null : 1990 + n,
    pages: n === 4 ? null : n * 100 + 1,
    isbn: n === 3 ? null : `isbn-${n}`,
    format: n === 1 ? null : kind.toLowerCase(),
    number: n === 4 ? null : n * 10,
    shelf: n === 5 ? null : `shelf ${n}`,
  });
}

function personRow(n: number): Row {
  return row('Person', {
    n,
    id: `p${n}`,
    // Loans knows people by their passport alone.
    passport: n === 4 ? null : row('Passport', { country: n % 2 === 0 ? 'AT' : 'CH', number: n === 5 ? null : n >> 1 }),
    fullName: n === 3 ? null : `Person ${n} Smith`,
    nick: n === 4 ? null : `nick ${n}`,
    born: n === 2 ? null : 1950 + n,
    signature: n === 1 ? null : `~${n}~`,
  });
}

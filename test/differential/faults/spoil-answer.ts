import type { Random } from '../generate/create-random.ts';
import { SECRET, type FaultKind, type Spoilt } from './fault.ts';
import { failOneField, giveWrongValue, type Answered } from './spoil-value.ts';

type Spoil = (answered: Answered, random: Random) => Spoilt | undefined;

/** Spoils a right answer; undefined where it has nothing in it that could go wrong in this way. */
export function spoilAnswer(kind: FaultKind, answered: Answered, random: Random): Spoilt | undefined {
  return SPOILS[kind](answered, random);
}

const INVALID = 'SUBGRAPH_INVALID_RESPONSE';

const NO_RESPONSES: readonly unknown[] = [
  ...[[], null, 7, SECRET, {}, { message: SECRET }, { data: SECRET }, { data: [null] }],
  ...[{ errors: SECRET }, { errors: [SECRET] }, { errors: [] }, { data: {}, errors: [{ reason: SECRET }] }],
];

const SPOILS: Readonly<Record<FaultKind, Spoil>> = {
  'connection reset': () => ({ reply: 'reset', code: 'SUBGRAPH_UNAVAILABLE' }),
  HTML: () => ({
    reply: { status: 500, contentType: 'text/html', body: `<html><body>500 at ${SECRET}</body></html>` },
    code: INVALID,
  }),
  nothing: () => invalid(''),
  'half of the JSON': ({ text }) => invalid(text.slice(0, text.length >> 1)),
  'no GraphQL response': (_, random) => invalid(JSON.stringify(random.pick(NO_RESPONSES))),
  'an error for all of it': (_, random) => {
    const code = random.pick(['CONFLICT', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'ECONNREFUSED', undefined]);
    const isShown = code === 'CONFLICT' || code === 'FORBIDDEN';
    const extensions = { code, stacktrace: [`at ${SECRET}`] };
    const errors = [{ message: isShown ? 'Not like this.' : `no answer from ${SECRET}`, extensions }];
    return { reply: json(JSON.stringify({ data: null, errors })), code: isShown ? code : 'INTERNAL_SERVER_ERROR' };
  },
  'an error for one field': failOneField,
  'no entities': ({ text }, random) => {
    const lists = entityListsOf(text);
    if (lists.length === 0) return undefined;
    const [changed] = random.pick(lists);
    const others = lists.filter(([key]) => key !== changed);
    return withLists(random.pick([[[changed, null]], [], [[changed, SECRET]]]), others);
  },
  'too few entities': ({ text }, random) => {
    const lists = entityListsOf(text);
    const full = lists.filter(([, list]) => list.length > 0);
    if (full.length === 0) return undefined;
    const [changed, entities] = random.pick(full);
    const spoilt = random.chance(0.3) ? [...entities, null] : entities.toSpliced(random.below(entities.length), 1);
    const others = lists.filter(([key]) => key !== changed);
    return withLists([[changed, spoilt]], others);
  },
  'a value of a wrong type': giveWrongValue,
};

function invalid(body: string): Spoilt {
  return { reply: json(body), code: INVALID };
}

function json(body: string) {
  return { status: 200, contentType: 'application/json', body };
}

type Member = readonly [key: string, value: unknown];

function withLists(spoilt: readonly Member[], others: readonly Member[]): Spoilt {
  return invalid(JSON.stringify({ data: Object.fromEntries([...spoilt, ...others]) }));
}

/** The lists of entities, by their response keys, of an answer to a request for nothing else; there may be several. */
function entityListsOf(text: string): readonly (readonly [key: string, list: readonly unknown[]])[] {
  const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: unknown };
  const members = Object.entries(data ?? {});
  const lists = members.filter(
    (member): member is [string, unknown[]] => /^_e(ntities|\d+)$/.test(member[0]) && Array.isArray(member[1]),
  );
  return errors === undefined && lists.length === members.length ? lists : [];
}

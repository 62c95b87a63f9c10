import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildASTSchema, parse, print } from 'graphql';
import { EVENT_TYPES } from '../../wire/names.ts';
import { eventSources } from './event-sources.ts';

const LINK =
  'schema @link(url: "https://caregraph.example/events/v1.0", import: [{ name: "@eventSource", as: "@fed" }])';

const sourcesOf = (sdl: string) => eventSources(buildASTSchema(parse(sdl), { assumeValidSDL: true }));

it('finds an event source for every subscription field of the platform, of a type that subgraphs publish', () => {
  const sources = sourcesOf(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'));

  expect([...sources.keys()].sort()).toEqual(['appointmentStatusChanged', 'notificationReceived']);
  for (const { type } of sources.values()) expect(Object.values<string>(EVENT_TYPES)).toContain(type);
  expect(sources.get('notificationReceived')).toMatchObject({ resolve: 'notification', by: 'subject' });
  expect(sources.get('appointmentStatusChanged')).toMatchObject({ by: 'id', subjectArgument: 'appointmentId' });
});

it('reads the directive under another name, and takes the type of the id from the query field', () => {
  const sources = sourcesOf(`
    ${LINK} { query: Query subscription: Subscription }
    type Query { thing(id: String!): Int }
    type Subscription { things: Int! @fed(type: "t", resolve: "thing") other: Int @eventSource }
  `);

  const [[field, source] = []] = sources;
  expect([field, sources.size]).toEqual(['things', 1]);
  expect(source && print(source.idType)).toBe('String!');
  expect(source).toMatchObject({ by: 'id', subjectArgument: undefined });
});

it.each([
  ['no query field', 'resolve: "nothing"'],
  ['cannot be asked by an id', 'resolve: "all"'],
  ['no argument', 'resolve: "thing", subject: "thingId"'],
  ['no attribute', 'resolve: "thing", by: "colour"'],
])('refuses a schema whose event source names %s', (_case, rest) => {
  const sdl = `
    ${LINK} { query: Query subscription: Subscription }
    type Query { thing(id: ID!): Int all: [Int] }
    type Subscription { things: Int! @fed(type: "t", ${rest}) }
  `;

  expect(() => sourcesOf(sdl)).toThrow('@eventSource');
});

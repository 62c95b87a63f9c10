import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

const NO_PATH = 'the native planner finds no path';
const NO_TYPE = "Apollo's planner does not find out what an object is";

export const ABSTRACT_TYPE_CASES: readonly FederationCase[] = [
  {
    rule: '@interfaceObject, and @key on interfaces',
    subgraphs: {
      media: {
        sdl: `
          type Query { all: [Media!]! }
          interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
          type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
        `,
        resolvers: {
          Query: { all: () => MEDIA },
          Media: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
          Book: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
          Film: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
        },
      },
      reviews: {
        sdl: `
          type Query { best: [Media!]! }
          type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        `,
        resolvers: {
          Query: { best: () => [{ id: 'f' }, { id: 'b' }] },
          Media: { ...itself, stars: ({ id }: Row) => (id === 'f' ? 5 : 3) },
        },
      },
    },
    exchanges: [
      {
        fact: 'gives every type of the interface the field of the interface object',
        query: '{ all { __typename stars ... on Film { minutes stars } } }',
        data: {
          all: [
            { __typename: 'Book', stars: 3 },
            { __typename: 'Film', stars: 5, minutes: 90 },
          ],
        },
      },
      {
        fact: 'asks what an object really is when it comes from the subgraph that knows no types',
        query: '{ best { __typename stars title } }',
        data: {
          best: [
            { __typename: 'Film', stars: 5, title: 'Heat' },
            { __typename: 'Book', stars: 3, title: 'Emma' },
          ],
        },
      },
      {
        fact: 'does not ask what an object is when nobody wants to know',
        query: '{ best { id stars } }',
        data: {
          best: [
            { id: 'f', stars: 5 },
            { id: 'b', stars: 3 },
          ],
        },
        unasked: ['media'],
      },
      {
        fact: 'goes into fragments by what the object really is',
        query: '{ best { ... on Book { pages } ... on Film { kind: __typename } } }',
        data: { best: [{ kind: 'Film' }, { pages: 300 }] },
      },
    ],
  },
  {
    rule: '@interfaceObject: in several subgraphs, with fields that require each other and keys of their own',
    subgraphs: {
      media: {
        sdl: `
          type Query { all: [Media!]! }
          interface Media @key(fields: "id") { id: ID! year: Int title(short: Boolean): String }
          interface Work { year: Int }
          interface Lent { shelf: String }
          type Book implements Media & Work & Lent @key(fields: "id") {
            id: ID! year: Int title(short: Boolean): String pages: Int shelf: String @external
          }
          type Film implements Media & Work @key(fields: "id") {
            id: ID! year: Int title(short: Boolean): String minutes: Int
          }
          type Song implements Media @key(fields: "id") { id: ID! year: Int title(short: Boolean): String }
        `,
        resolvers: {
          Query: { all: () => DATED },
          Media: { __resolveReference: ({ id }: Row) => DATED.find((one) => one.id === id) },
          Book: { __resolveReference: ({ id }: Row) => DATED.find((one) => one.id === id), title },
          Film: { __resolveReference: ({ id }: Row) => DATED.find((one) => one.id === id), title },
          Song: { __resolveReference: ({ id }: Row) => DATED.find((one) => one.id === id), title },
        },
      },
      archive: {
        sdl: `
          type Query { marked: [Media!]! }
          type Media @key(fields: "id") @interfaceObject {
            id: ID! year: Int @external mark: String @requires(fields: "year") scan: Scan
          }
          type Scan { media: Media }
        `,
        resolvers: {
          Query: { marked: () => [{ id: 's' }, { id: 'b' }] },
          Media: {
            ...itself,
            mark: ({ year }: Row) => `mark ${String(year)}`,
            scan: ({ id }: Row) => ({ media: { id } }),
          },
        },
      },
      ratings: {
        sdl: `
          type Query { best: [Media!]! }
          type Media @key(fields: "id") @interfaceObject {
            id: ID! mark: String @external verdict: String @requires(fields: "mark") stars: Int
            title(short: Boolean): String @external headline: String @requires(fields: "title(short: true)")
          }
        `,
        resolvers: {
          Query: { best: () => [{ id: 'f' }, { id: 'b' }, { id: 's' }] },
          Media: {
            ...itself,
            verdict: ({ mark }: Row) => `verdict on ${String(mark)}`,
            headline: (medium: Row) => `${String(medium['title'])}!`,
            stars: ({ id }: Row) => String(id).charCodeAt(0) - 97,
          },
        },
      },
      lending: {
        sdl: `
          interface Lent { shelf: String }
          type Book implements Lent @key(fields: "id") { id: ID! shelf: String }
        `,
        resolvers: { Book: { ...itself, shelf: ({ id }: Row) => `shelf ${String(id)}` } },
      },
    },
    exchanges: [
      {
        fact: 'narrows an object that is known by its interface alone to another interface',
        query: '{ best { scan { media { ... on Work { year } } } } }',
        data: {
          best: [{ scan: { media: { year: 1995 } } }, { scan: { media: { year: 1815 } } }, { scan: { media: {} } }],
        },
        refusedBy: { hive: 'the native planner sends no key' },
      },
      {
        fact: 'asks for what hangs on two requirements beside what one of the types alone has',
        query: '{ best { verdict ... on Book { pages shelf } ... on Song { title } } }',
        data: {
          best: [
            { verdict: 'verdict on mark 1995' },
            { verdict: 'verdict on mark 1815', pages: 300, shelf: 'shelf b' },
            { verdict: 'verdict on mark null', title: 'Yesterday' },
          ],
        },
        refusedBy: { hive: NO_PATH, apollo: NO_TYPE },
      },
      {
        fact: 'asks for what one type alone has of an interface that its subgraph does not know',
        query: '{ best { ... on Lent { shelf } verdict } }',
        data: {
          best: [
            { verdict: 'verdict on mark 1995' },
            { shelf: 'shelf b', verdict: 'verdict on mark 1815' },
            { verdict: 'verdict on mark null' },
          ],
        },
        refusedBy: { hive: NO_PATH, apollo: NO_TYPE },
      },
      {
        fact: 'gives the field of the interface object to the objects of one type only',
        query: '{ best { ... on Book { verdict stars } ... on Film { __typename } } }',
        data: { best: [{ __typename: 'Film' }, { verdict: 'verdict on mark 1815', stars: 1 }, {}] },
        refusedBy: { hive: 'the native planner leaves the stars out', apollo: NO_TYPE },
      },
      {
        fact: 'asks of one type for what requires something, beside another such field of all',
        query: '{ all { verdict ... on Film { headline } } }',
        data: {
          all: [
            { verdict: 'verdict on mark 1815' },
            { verdict: 'verdict on mark 1995', headline: 'Hea!' },
            { verdict: 'verdict on mark null' },
          ],
        },
        refusedBy: { apollo: NO_TYPE },
      },
      {
        fact: 'asks no object for what requires something because another is asked',
        query: '{ all { stars ... on Film { headline } } }',
        data: { all: [{ stars: 1 }, { stars: 5, headline: 'Hea!' }, { stars: 18 }] },
        refusedBy: { apollo: "Apollo's planner asks for the headlines of all" },
      },
      {
        fact: 'asks nothing of an object that a fragment leaves out',
        query: '{ all { ... on Work { ... on Media { verdict } } } }',
        data: { all: [{ verdict: 'verdict on mark 1815' }, { verdict: 'verdict on mark 1995' }, {}] },
        refusedBy: { hive: 'the native planner asks for the marks of all', apollo: NO_TYPE },
      },
    ],
  },
  {
    rule: '@interfaceObject: of an interface that no object implements, and beside objects that share a field with it',
    subgraphs: {
      devices: {
        sdl: `
          type Query { broken: Signal }
          interface Device @key(fields: "id") { id: ID! }
          type Pump implements Device @key(fields: "id") { id: ID! isOn: Boolean! @shareable }
          type Bed implements Device @key(fields: "id") { id: ID! isHigh: Boolean! }
          interface Signal @key(fields: "id") { id: ID! }
        `,
        resolvers: {
          Query: { broken: () => ({ __typename: 'Signal', id: 's' }) },
          Device: { __resolveReference: ({ id }: Row) => DEVICES.find((one) => one.id === id) },
          Pump: { ...itself, isOn: () => true },
          Bed: { ...itself, isHigh: () => true },
        },
      },
      rooms: {
        sdl: `
          type Query { inRoom: [Device!]! alarm: Signal }
          type Device @key(fields: "id") @interfaceObject { id: ID! }
          type Signal @key(fields: "id", resolvable: false) @interfaceObject { id: ID! volume: Int }
        `,
        resolvers: {
          Query: { inRoom: () => DEVICES.map(({ id }) => ({ id })), alarm: () => ({ id: 's' }) },
          Signal: { volume: () => 11 },
        },
      },
      power: {
        sdl: `type Device @key(fields: "id") @interfaceObject { id: ID! isOn: Boolean! @shareable }`,
        resolvers: { Device: { ...itself, isOn: () => false } },
      },
    },
    exchanges: [
      {
        fact: 'asks one subgraph about all objects, where another knows the field of some',
        query: '{ inRoom { id isOn } }',
        data: {
          inRoom: [
            { id: 'p', isOn: false },
            { id: 'd', isOn: false },
          ],
        },
        unasked: ['devices'],
      },
      {
        fact: 'takes the field of an object, where it is asked of that alone',
        query: '{ inRoom { ... on Pump { isOn } } }',
        data: { inRoom: [{ isOn: true }, {}] },
      },
      {
        fact: 'gives what whoever knows the interface as an object gives',
        query: '{ alarm { id volume } }',
        data: { alarm: { id: 's', volume: 11 } },
      },
      {
        fact: 'gives null where an object is of no type',
        query: '{ broken { id } }',
        data: { broken: null },
        errors: [{ path: ['broken'], code: 'INTERNAL_SERVER_ERROR' }],
      },
    ],
  },
  {
    rule: 'interfaces of whose fields objects say more',
    subgraphs: {
      wards: {
        sdl: `
          type Query { place: Place places: [Place!]! }
          interface Place { nearest: Place within: [Place] title: String sign: String floor: String }
          type Ward implements Place @key(fields: "id") {
            id: ID! nearest: Ward @provides(fields: "beds") within: [Ward] title: String! beds: Int @external
            staff: Int @external sign: String! @requires(fields: "staff") floor(long: Boolean): String!
          }
          type Hall implements Place @key(fields: "id") {
            id: ID! nearest: Place within: [Place] title: String area: Int sign: String floor: String
          }
        `,
        resolvers: {
          Query: { place: () => WARD, places: () => [WARD, HALL] },
          Ward: {
            __resolveReference: (sent: Row) => sent,
            nearest: () => ({ id: 'w2', beds: 2 }),
            within: () => [{ id: 'w3' }],
            title: () => 'ward',
            sign: ({ staff }: Row) => `${String(staff)} nurses`,
            floor: (_: unknown, { long }: Row) => (long === true ? 'first floor' : '1'),
          },
          Hall: {
            nearest: () => WARD,
            within: () => [HALL, null],
            title: () => null,
            sign: () => 'hall',
            floor: () => '0',
          },
        },
      },
      beds: {
        sdl: `
          interface Site { beds: Int }
          type Ward implements Site @key(fields: "id") { id: ID! beds: Int @shareable staff: Int }
          type Hall implements Site @key(fields: "id") { id: ID! beds: Int }
        `,
        resolvers: {
          Ward: { ...itself, beds: ({ id }: Row) => String(id).length, staff: () => 12 },
          Hall: { ...itself, beds: () => 0 },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks for the fields of what an object gives, and not of what its interface does',
        query: `{ place {
          nearest { __typename ... on Ward { id } nearest { __typename ... on Ward { id } } }
          ... on Ward { id beds nearest { id beds } }
        } }`,
        data: {
          place: {
            nearest: { __typename: 'Ward', id: 'w2', nearest: { __typename: 'Ward', id: 'w2' }, beds: 2 },
            id: 'w',
            beds: 1,
          },
        },
      },
      {
        fact: 'sends what the field of one object requires, and that of its interface does not',
        query: '{ places { sign } }',
        data: { places: [{ sign: '12 nurses' }, { sign: 'hall' }] },
        refusedBy: { hive: 'the native planner asks for the signs of all' },
      },
      {
        fact: 'gives an argument to the field of the object that takes it',
        query: '{ places { ... on Ward { floor(long: true) } } }',
        data: { places: [{ floor: 'first floor' }, {}] },
      },
      {
        fact: 'does so where the objects of several types say different things',
        query: `{ places {
          title
          nearest { __typename ... on Ward { id beds } }
          within { ... on Hall { area beds } ... on Ward { beds } }
          ... on Ward { within { id } }
        } }`,
        data: {
          places: [
            { title: 'ward', nearest: { __typename: 'Ward', id: 'w2', beds: 2 }, within: [{ beds: 2, id: 'w3' }] },
            { title: null, nearest: { __typename: 'Ward', id: 'w', beds: 1 }, within: [{ area: 40, beds: 0 }, null] },
          ],
        },
      },
    ],
  },
  {
    rule: 'unions and interfaces with members that some subgraphs alone know',
    subgraphs: {
      search: {
        sdl: `
          type Query { found: [Hit!]! named: [Named!]! }
          union Hit = Doctor | Clinic
          interface Named { name: String }
          type Doctor implements Named @key(fields: "id") { id: ID! name: String @shareable }
          type Clinic implements Named @key(fields: "id") { id: ID! name: String @shareable }
        `,
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Doctor', id: '1' },
              { __typename: 'Clinic', id: '2' },
            ],
            named: () => [
              { __typename: 'Clinic', id: '2', name: 'North' },
              { __typename: 'Doctor', id: '1', name: 'Ada' },
            ],
          },
        },
      },
      labs: {
        sdl: `
          type Query { near: Hit places: [Named!]! }
          union Hit = Lab | Clinic
          interface Named { name: String }
          type Lab implements Named { name: String }
          type Clinic implements Named @key(fields: "id") { id: ID! name: String @shareable beds: Int }
        `,
        resolvers: {
          Query: {
            near: () => ({ __typename: 'Lab', name: 'Blood' }),
            places: () => [
              { __typename: 'Lab', name: 'Blood' },
              { __typename: 'Clinic', id: '2', name: 'North' },
            ],
          },
          Clinic: { ...itself, beds: () => 12 },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks no subgraph about a member that it does not know',
        query: '{ found { __typename ... on Doctor { id } ... on Clinic { beds } ... on Lab { name } } }',
        data: {
          found: [
            { __typename: 'Doctor', id: '1' },
            { __typename: 'Clinic', beds: 12 },
          ],
        },
      },
      {
        fact: 'merges root fields of both, each with its own members',
        query: '{ near { ... on Lab { name } ... on Doctor { id } } named { name ... on Clinic { beds } } }',
        data: { near: { name: 'Blood' }, named: [{ name: 'North', beds: 12 }, { name: 'Ada' }] },
      },
      {
        fact: 'goes through fragments of the interface within those of the union',
        query: '{ found { ... on Named { ... on Clinic { beds } } } places { ... on Named { name __typename } } }',
        data: {
          found: [{}, { beds: 12 }],
          places: [
            { name: 'Blood', __typename: 'Lab' },
            { name: 'North', __typename: 'Clinic' },
          ],
        },
      },
    ],
  },
  {
    rule: 'shared fields whose subgraphs know other members of an interface or a union',
    subgraphs: {
      lab: {
        sdl: `
          type Query { tested: Ward @shareable latest: Entry @shareable }
          type Ward @key(fields: "id") { id: ID! log: Log @shareable }
          type Log @shareable { entries: [Entry!]! events: [Event!]! }
          union Entry = Note | Sample
          interface Event { at: Int }
          type Note implements Event @shareable { at: Int text: String }
          type Sample implements Event { at: Int value(unit: Unit = GRAM): Float by: Nurse vial: Vial }
          type Vial { colour: String }
          enum Unit { GRAM KILO }
          type Nurse @key(fields: "id") { id: ID! badge: String }
        `,
        resolvers: {
          Query: { tested: () => ({ id: 'w', ...log(SAMPLE) }), latest: () => NOTE },
          Ward: itself,
          Sample: { value: ({ grams }: Row, { unit }: Row) => Number(grams) / (unit === 'KILO' ? 1000 : 1) },
          Nurse: { ...itself, badge: ({ id }: Row) => `badge of ${String(id)}` },
        },
      },
      imaging: {
        sdl: `
          type Query { scanned: Ward @shareable latest: Entry @shareable }
          type Ward @key(fields: "id") { id: ID! log: Log @shareable }
          type Log @shareable { entries: [Entry!]! events: [Event!]! }
          union Entry = Note | Scan
          interface Event { at: Int }
          type Note implements Event @shareable { at: Int text: String }
          type Scan implements Event { at: Int part: String by: Nurse }
          type Nurse @key(fields: "id") { id: ID! name: String }
        `,
        resolvers: {
          Query: { scanned: () => ({ id: 'w', ...log(SCAN) }), latest: () => NOTE },
          Ward: itself,
          Nurse: { ...itself, name: ({ id }: Row) => `name of ${String(id)}` },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks a subgraph for the members that it alone knows, and not for those that it does not know',
        query: `{
          tested { log { entries { __typename ... on Note { text } ... on Sample { value vial { colour } } ... on Scan { part } } } }
          scanned { log { entries { ... on Note { text } ... on Sample { value vial { colour } } ... on Scan { part } } } }
        }`,
        data: {
          tested: {
            log: {
              entries: [
                { __typename: 'Note', text: 'fine' },
                { __typename: 'Sample', value: 20, vial: { colour: 'red' } },
              ],
            },
          },
          scanned: { log: { entries: [{ text: 'fine' }, { part: 'hand' }] } },
        },
      },
      {
        fact: 'does so for interfaces too, and looks up entities that such members lead to',
        query: `{
          tested { log { events { at ... on Sample { by { name badge } } ... on Scan { by { badge } } } } }
        }`,
        data: {
          tested: { log: { events: [{ at: 1 }, { at: 2, by: { name: 'name of n', badge: 'badge of n' } }] } },
        },
      },
      {
        fact: 'sends no variable that only a member which the subgraph does not know would use',
        query: `query ($unit: Unit = KILO, $isWanted: Boolean = true) {
          scanned { log { entries { ... on Sample { value(unit: $unit) } ... on Scan @include(if: $isWanted) { part } } } }
          tested { log { entries { ...Value } } }
        }
        fragment Value on Sample { value(unit: $unit) }`,
        data: {
          scanned: { log: { entries: [{}, { part: 'hand' }] } },
          tested: { log: { entries: [{}, { value: 0.02 }] } },
        },
      },
      {
        fact: 'asks one subgraph where either would do',
        query: '{ latest { __typename ... on Sample { value } ... on Scan { part } ... on Note { text } } }',
        data: { latest: { __typename: 'Note', text: 'fine' } },
      },
    ],
  },
];

const NOTE = { __typename: 'Note', at: 1, text: 'fine' };
const SAMPLE = { __typename: 'Sample', at: 2, grams: 20, by: { id: 'n' }, vial: { colour: 'red' } };
const SCAN = { __typename: 'Scan', at: 3, part: 'hand', by: { id: 'n' } };

function log(entry: Row): Row {
  return { log: { entries: [NOTE, entry], events: [NOTE, entry] } };
}

const WARD = { __typename: 'Ward', id: 'w' };
const HALL = { __typename: 'Hall', id: 'h', area: 40 };

const DEVICES = [
  { __typename: 'Pump', id: 'p' },
  { __typename: 'Bed', id: 'd' },
];

const MEDIA = [
  { __typename: 'Book', id: 'b', title: 'Emma', pages: 300 },
  { __typename: 'Film', id: 'f', title: 'Heat', minutes: 90 },
];

const DATED = [
  { __typename: 'Book', id: 'b', name: 'Emma', year: 1815, pages: 300 },
  { __typename: 'Film', id: 'f', name: 'Heat', year: 1995, minutes: 170 },
  { __typename: 'Song', id: 's', name: 'Yesterday', year: null },
];

function title({ name }: Row, { short }: Row): unknown {
  return short === true ? String(name).slice(0, 3) : name;
}

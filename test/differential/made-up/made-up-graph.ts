/** A row of the data that all subgraphs of a made-up graph, and the monolith, look at. References are the objects themselves. */
export interface DataObject {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export type Args = Readonly<Record<string, unknown>>;

/** Reads a field of an object; objects come as readers of their own. */
export interface Read {
  (field: string, args?: Args): unknown;
  /** Whether the object has the field: for what is required of some types only. */
  readonly has: (field: string) => boolean;
}

/** The value of a field of which the data hold no property; objects are given as rows. */
export type FieldRule = (self: DataObject, args: Args) => unknown;

/**
 * The value of a field with `@requires`: it sees what is required and nothing else, so that a gateway that sends the wrong thing,
 * or nothing, gets another value than the monolith.
 */
export type DerivedRule = (read: Read, args: Args) => unknown;

/** An argument whose value stands in the nearest object above that has it. */
export interface ContextualRule {
  readonly argument: string;
  /** By type, the field with the value, and what it is asked for with. */
  readonly holders: ReadonlyMap<string, { readonly field: string; readonly args: Args }>;
}

export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
}

export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** A federated graph that was made up for tests: its subgraphs, and what every field answers. */
export interface MadeUpGraph {
  readonly subgraphs: readonly SubgraphSource[];
  readonly rows: readonly DataObject[];
  /** By `Type.field`, where the type may be an interface. */
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly derived: Readonly<Record<string, DerivedRule>>;
  /** The fields that take an argument from an object above (`@fromContext`), by `Type.field`. */
  readonly contextual?: Readonly<Record<string, ContextualRule>>;
  /** The interfaces of object types, where a subgraph knows the objects by the interface only (`@interfaceObject`). */
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
  /** Entities that a subgraph cannot resolve. */
  readonly isUnknown: (subgraph: string, row: DataObject) => boolean;
  /** Whose token every operation carries: someone of whom nothing that the schema demands is lacking. Otherwise nobody's. */
  readonly caller?: Caller;
  /** Values that make sense for arguments, by the argument's name; the generator makes up the others by type. */
  readonly samples: Readonly<Record<string, readonly unknown[]>>;
}

/** The value of a field of a row, as the whole graph knows it. */
export function valueOf(graph: MadeUpGraph, row: DataObject, field: string, args: Args): unknown {
  for (const type of namesOf(graph, row)) {
    const derived = graph.derived[`${type}.${field}`];
    if (derived !== undefined) return derived(readRow(graph, row), args);
    const rule = graph.fields[`${type}.${field}`];
    if (rule !== undefined) return rule(row, args);
  }
  return row[field];
}

/** The names under which subgraphs may know the object: its type, and interfaces of it. */
export function namesOf(graph: MadeUpGraph, row: DataObject): readonly string[] {
  return [row.__typename, ...(graph.interfaces[row.__typename] ?? [])];
}

export function isRow(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

function readRow(graph: MadeUpGraph, row: DataObject): Read {
  const read = (field: string, args: Args = {}): unknown => readable(graph, valueOf(graph, row, field, args));
  return Object.assign(read, { has: (field: string) => field in row });
}

function readable(graph: MadeUpGraph, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => readable(graph, item));
  return isRow(value) ? readRow(graph, value) : value;
}

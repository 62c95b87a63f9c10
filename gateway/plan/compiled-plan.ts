/**
 * A plan in the one form that the executor runs, whichever planner made it. Everything that does not depend on a request is worked
 * out when the plan is compiled; a plan is shared by all callers and never changed.
 */
export interface CompiledPlan {
  /** Undefined where no subgraph has to be asked: introspection alone, `__typename` alone. */
  readonly root: PlanNode | undefined;
  /** Names that a subgraph with `@interfaceObject` may give as `__typename` where others know the object's own type. */
  readonly interfaces?: ReadonlySet<string> | undefined;
  /** What is asked for deferred fragments; absent where nothing is deferred, or all is asked at once. */
  readonly deferred?: readonly DeferredPlan[] | undefined;
  /** Whether some entities are asked for with values of the objects above them: then one entity differs from place to place. */
  readonly hasContexts?: boolean | undefined;
}

/** What is asked for one deferred fragment, besides what is asked for those that it stands in, which come before it. */
export interface DeferredPlan {
  /** The fragment's. */
  readonly id: string;
  /** The fragment that it stands in. */
  readonly within: string | undefined;
  /** The ids of the requests whose answers it needs. */
  readonly after: readonly string[];
  readonly root: PlanNode | undefined;
}

export type PlanNode = SequenceNode | ParallelNode | ConditionNode | FetchNode;

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'parallel';
  readonly nodes: readonly PlanNode[];
}

/** Runs one of its clauses by the value of a Boolean variable of the client's. */
export interface ConditionNode {
  readonly kind: 'condition';
  readonly variable: string;
  readonly ifTrue: PlanNode | undefined;
  readonly ifFalse: PlanNode | undefined;
}

/** One request to one subgraph. */
export interface FetchNode {
  readonly kind: 'fetch';
  /** Where deferred fragments need its answer; several requests have one id where they were one in the planner's eyes. */
  readonly id?: string | undefined;
  readonly subgraph: string;
  /** A plan has one fetch of a `subscription` at most, its first: what comes after is asked anew for each event. */
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly document: string;
  readonly operationName: string | undefined;
  /** The client's variables that the document uses. */
  readonly variables: readonly string[];
  readonly target: RootTarget | EntityTarget;
}

/** The answer is merged into objects that are there already: into the root of the result, or at a path below it. */
export interface RootTarget {
  readonly kind: 'root';
  readonly path: Path;
  /** The response keys that the answer is to fill: what a failed fetch leaves empty. */
  readonly keys: readonly string[];
  readonly outputRewrites: readonly Rewrite[];
}

/** Entities are looked up by their representations; each batch is one `_entities` field of the document. */
export interface EntityTarget {
  readonly kind: 'entities';
  readonly batches: readonly EntityBatch[];
  /** Arguments whose values stand in the result above the entities (`@fromContext`). Such a target has one batch. */
  readonly contexts?: readonly ContextualArgument[] | undefined;
}

/** A variable of the document whose value each entity has from an object above it. */
export interface ContextualArgument {
  readonly variable: string;
  /** Where the value may stand, the nearest object first: the first one of the right type counts. */
  readonly lookups: readonly ContextLookup[];
}

export interface ContextLookup {
  /** How many fields lead from the object down to the entity. */
  readonly levels: number;
  /** The object types that are meant; undefined where it is the only object that can stand there. */
  readonly types: ReadonlySet<string> | undefined;
  /** The way from the object to the value. */
  readonly keys: readonly string[];
}

export interface EntityBatch {
  /** The response key of the `_entities` field. */
  readonly responseKey: string;
  /** The variable that takes the representations. */
  readonly representations: string;
  /** Where the entities stand in the result; several places share one list of representations. */
  readonly paths: readonly Path[];
  /** What makes a representation. */
  readonly requires: readonly RequiredSelection[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** The way from the root of the result down to objects. */
export type Path = readonly PathSegment[];

export type PathSegment =
  | { readonly kind: 'key'; readonly key: string }
  /** Every item of a list. */
  | { readonly kind: 'items' }
  /** Goes on only where the object is of one of these object types. */
  | { readonly kind: 'type'; readonly types: ReadonlySet<string> };

export type RequiredSelection =
  | {
      readonly kind: 'field';
      /** Where the value stands in the result. */
      readonly key: string;
      /** What the subgraph knows it by. */
      readonly name: string;
      readonly selections: readonly RequiredSelection[] | undefined;
    }
  /** Applies to objects of these object types. */
  | {
      readonly kind: 'fragment';
      readonly types: ReadonlySet<string>;
      readonly selections: readonly RequiredSelection[];
    };

/** A change of an object before it is sent, or after it came. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: Path; readonly key: string; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: Path; readonly from: string; readonly to: string };

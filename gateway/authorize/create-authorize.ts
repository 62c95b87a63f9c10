import { GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { accessRules, isDemanding } from '../../wire/access.ts';
import { refusal, shieldRule } from '../../wire/access-shield.ts';
import type { Identity } from '../../wire/identity.ts';
import type { Caller, Operation } from '../context.ts';
import { codedError } from '../errors/coded-error.ts';
import { OperationRefused } from '../errors/gateway-error.ts';
import { collectSelections, type Selection } from './collect-selections.ts';

type ShieldRule = ReturnType<typeof shieldRule>;

/** A selection of which something is demanded. */
interface Guarded {
  readonly selection: Selection;
  readonly rules: readonly ShieldRule[];
}

/** All of which something is demanded in an operation, and each rule once. */
interface Demands {
  readonly guarded: readonly Guarded[];
  readonly rules: ReadonlySet<ShieldRule>;
}

const MAX_REMEMBERED = 2_000;

/**
 * Builds the step that refuses an operation, before anything is planned, when the schema demands more of its caller than they
 * are. `schema` is the supergraph as written. The refusal has one error for each field that is denied, at its response path;
 * fields within a denied one are not spoken of. Each rule is judged once for an operation, however often it applies.
 */
export function createAuthorize(schema: GraphQLSchema): (operation: Operation, caller: Caller) => void | Promise<void> {
  const rules = shieldRules(schema);
  // By the identity itself, which is never changed: whoever becomes another is given a new one.
  const granted = new WeakMap<Identity, Set<ShieldRule>>();
  const remembered = new LRUCache<string, Demands>({ max: MAX_REMEMBERED });

  function demandsOf(operation: Operation): Demands {
    const known = remembered.get(operation.key);
    if (known !== undefined) return known;
    const { list, isForAllVariables } = collectSelections(schema, operation);
    const guarded = list.flatMap((selection) => {
      const found = selection.coordinates
        .map((coordinate) => rules.get(coordinate))
        .filter((rule) => rule !== undefined);
      return found.length === 0 ? [] : [{ selection, rules: found }];
    });
    const demands = { guarded, rules: new Set(guarded.flatMap((one) => one.rules)) };
    if (isForAllVariables) remembered.set(operation.key, demands);
    return demands;
  }

  async function judge({ guarded, rules }: Demands, identity: Identity): Promise<void> {
    const verdicts = await judgeEach(rules, identity);
    const known = granted.get(identity) ?? new Set();
    granted.set(identity, known);
    for (const [rule, verdict] of verdicts) if (verdict === true) known.add(rule);
    const isRefused = [...verdicts.values()].some((verdict) => verdict !== true);
    if (isRefused) throw new OperationRefused(refusalsOf(guarded, verdicts));
  }

  return (operation, { identity }) => {
    const demands = demandsOf(operation);
    const known = granted.get(identity);
    for (const rule of demands.rules) if (known?.has(rule) !== true) return judge(demands, identity);
    return undefined;
  };
}

/** The rule of each coordinate that has one; coordinates with the same demand share the rule, and so its verdict. */
function shieldRules(schema: GraphQLSchema): ReadonlyMap<string, ShieldRule> {
  const byDemand = new Map<string, ShieldRule>();
  const byCoordinate = new Map<string, ShieldRule>();
  for (const [coordinate, access] of accessRules(schema)) {
    if (!isDemanding(access)) continue;
    const demand = JSON.stringify([access.isSignedIn, access.scopes, access.policies]);
    const rule = byDemand.get(demand) ?? shieldRule(access);
    byDemand.set(demand, rule);
    byCoordinate.set(coordinate, rule);
  }
  return byCoordinate;
}

type Verdicts = ReadonlyMap<ShieldRule, true | GraphQLError>;

async function judgeEach(rules: ReadonlySet<ShieldRule>, identity: Identity): Promise<Verdicts> {
  return new Map(
    await Promise.all([...rules].map(async (rule) => [rule, await judgeOutsideResolver(rule, identity)] as const)),
  );
}

/** What shield hands to a rule besides the context describes a resolver's call; rules of the schema look at the context alone. */
const NO_RESOLVER = {} as GraphQLResolveInfo;

async function judgeOutsideResolver(rule: ShieldRule, identity: Identity): Promise<true | GraphQLError> {
  const context = { identity, _shield: { cache: {} } };
  const options = { debug: true, allowExternalErrors: true, fallbackRule: rule, hashFunction: () => '' };
  const verdict = await rule.resolve({}, {}, context, NO_RESOLVER, options);
  if (verdict === true) return true;
  return verdict instanceof GraphQLError ? verdict : refusal('forbidden');
}

function refusalsOf(guarded: readonly Guarded[], verdicts: Verdicts): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const denied = new Set<string>();
  for (const { selection, rules } of guarded) {
    const { path, node } = selection;
    if (path.some((_key, depth) => denied.has(placeOf(path.slice(0, depth + 1))))) continue;
    const verdict = rules.map((rule) => verdictOf(rule, verdicts)).find((each) => each !== true);
    if (verdict === undefined) continue;
    denied.add(placeOf(path));
    const { message, extensions } = verdict;
    errors.push(codedError(new GraphQLError(message, { path, nodes: [node] }), { message, extensions }));
  }
  return errors;
}

function verdictOf(rule: ShieldRule, verdicts: Verdicts): true | GraphQLError {
  return verdicts.get(rule) ?? refusal('forbidden');
}

function placeOf(path: readonly string[]): string {
  return path.join('.');
}

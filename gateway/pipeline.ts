import type { Caller, ClientRequest, Operation, WrittenResult } from './context.ts';
import type { Soon } from './lib/soon.ts';

/** What each step of a request needs and gives. `Plan` is known to the planner and the executor alone. */
export interface Steps<Plan> {
  /** Establishes who is calling. Throws `UNAUTHENTICATED` or `TOKEN_EXPIRED` when credentials were sent that do not hold. */
  authenticate(request: ClientRequest): Soon<Caller>;
  /** Finds the document (sent, persisted or stored), parses and validates it, and coerces its variables. */
  prepare(request: ClientRequest, caller: Caller): Soon<Operation>;
  /** Refuses the operation when the schema demands more of its caller than they are. */
  authorize(operation: Operation, caller: Caller): Soon<void>;
  plan(operation: Operation): Soon<Plan>;
  execute(plan: Plan, operation: Operation, caller: Caller, request: ClientRequest): Promise<WrittenResult>;
}

/** One request, top to bottom. Read this first: every other file is one of these lines, written out. */
export async function runOperation<Plan>(steps: Steps<Plan>, request: ClientRequest): Promise<WrittenResult> {
  const caller = await steps.authenticate(request);
  const operation = await steps.prepare(request, caller);
  return runPrepared(steps, { operation, caller, request });
}

/** The rest of the walk, for an operation that a socket has prepared before, and for what an event asks on a subscriber's behalf. */
export async function runPrepared<Plan>(
  steps: Pick<Steps<Plan>, 'authorize' | 'plan' | 'execute'>,
  prepared: Prepared,
): Promise<WrittenResult> {
  const { operation, caller, request } = prepared;
  await steps.authorize(operation, caller);
  const plan = await steps.plan(operation);
  return steps.execute(plan, operation, caller, request);
}

export interface Prepared {
  readonly operation: Operation;
  readonly caller: Caller;
  readonly request: ClientRequest;
}

import type { Caller, ClientHeaders, OperationResult } from '../../context.ts';
import { OperationRefused } from '../../errors/gateway-error.ts';
import type { Prepared } from '../../pipeline.ts';
import { AnswerQueue, type Backlog } from '../answer-queue.ts';
import type { ResolveOptions } from '../create-resolve.ts';
import type { RealtimeEngine } from '../realtime-engine.ts';
import type { RealtimeMetrics } from '../realtime-metrics.ts';
import type { ConnectionEnd } from './connect.ts';
import { errorsOfEnd } from './end-of-subscription.ts';
import type { Member, Upstreams } from './share-upstreams.ts';
import type { UpstreamRequest } from './upstream-request.ts';

export interface UpstreamOptions extends ResolveOptions {
  readonly upstreams: Upstreams;
  readonly metrics: RealtimeMetrics;
}

/** What a subscription must know of the client that it belongs to. */
export interface UpstreamClient {
  /** Shared by the subscriptions of one client. */
  readonly backlog: Backlog;
  /** Called when the client takes its answers too slowly; the subscription takes nothing more. */
  readonly onOverflow: () => void;
  readonly onEnd: (ended: UpstreamSubscription) => void;
}

/** What a subscription means to one engine. Holds nothing of the engine, so that it may outlive it. */
export interface UpstreamBinding {
  readonly prepared: Prepared;
  readonly upstream: UpstreamRequest;
}

type BindingFor = (engine: RealtimeEngine) => Promise<UpstreamBinding>;

/** Told where events may have been missed, so that the client asks for the present state. */
const GAP: OperationResult = { data: null, extensions: { resume: 'RESUME_GAP' } };

/**
 * One subscription of one client to a field whose subgraph sends its events itself. The connection to the subgraph stays while the
 * plan, the engine or the client's token change, as long as the subgraph is asked the same on behalf of the same caller.
 */
export class UpstreamSubscription {
  readonly queue: AnswerQueue;
  readonly #options: UpstreamOptions;
  readonly #client: UpstreamClient;
  /** As whom it is asked for. */
  #latest: Prepared;
  #bindingFor: BindingFor;
  #joined: { readonly key: string; readonly leave: () => void } | undefined;
  #isEnded = false;

  /** Takes up what the engine has authorized. Throws `RATE_LIMITED` when too many connections to subgraphs are open. */
  constructor(first: UpstreamBinding, engine: RealtimeEngine, client: UpstreamClient, options: UpstreamOptions) {
    this.#options = options;
    this.#client = client;
    this.#latest = first.prepared;
    this.#bindingFor = this.#bindingsOf(first.prepared, [engine, first]);
    const { backlog, onOverflow } = client;
    this.queue = new AnswerQueue({ backlog, onOverflow, onEnd: () => this.#end() });
    this.#join(first, this.#bindingFor);
    // What the subgraph sent before is not kept here.
    if (first.prepared.request.params.extensions?.['lastEventId'] !== undefined) this.#tellGap();
    options.metrics.subscriptionOpened();
  }

  /** Validates and authorizes the subscription anew on the engine in force; one that is refused ends with the reasons. */
  async renew(): Promise<void> {
    await this.#options.engine.use((engine) => this.#bindingFor(engine)).catch(() => undefined);
  }

  /** Goes on as what the caller is now, or ends with the reasons. */
  async changeCaller(caller: Caller, headers: ClientHeaders): Promise<void> {
    const { operation, request } = this.#latest;
    this.#latest = { operation, caller, request: { ...request, headers } };
    this.#bindingFor = this.#bindingsOf(this.#latest);
    await this.renew();
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#joined?.leave();
    this.#options.metrics.subscriptionEnded();
    this.#client.onEnd(this);
  }

  #tellGap(): void {
    this.queue.push(Promise.resolve(GAP));
  }

  /** The new connection, if it is another, is opened before the old one is left. */
  #join(binding: UpstreamBinding, bindingFor: BindingFor): void {
    const { key } = binding.upstream;
    const old = this.#joined;
    this.#joined = { key, leave: this.#options.upstreams.join(binding.upstream, this.#memberOf(binding, bindingFor)) };
    old?.leave();
    if (old !== undefined && old.key !== key) this.#tellGap();
  }

  #memberOf({ prepared, upstream }: UpstreamBinding, bindingFor: BindingFor): Member {
    const { operation, caller, request } = prepared;
    return {
      // The variables as sent: those that mean the same today may not in the next supergraph, whose defaults are others.
      shareKey: JSON.stringify([caller.key, operation.key, request.params.variables ?? null]),
      resolve: (payload) => this.#resolve(payload, upstream.key, bindingFor),
      push: (answer) => this.queue.push(answer),
      onGap: () => this.#tellGap(),
      onEnd: (end) => this.#finish(end),
    };
  }

  /** Runs the rest of the plan on an event, on the engine that is in force when it comes. */
  #resolve(payload: unknown, key: string, bindingFor: BindingFor): Promise<OperationResult | undefined> {
    const { engine: inForce, newRequestId, presentErrors, signal } = this.#options;
    return inForce.use(async (engine) => {
      const binding = await bindingFor(engine).catch(() => undefined);
      // What was asked for another plan does not fit this one; the client is told that something may be missing.
      if (binding?.upstream.key !== key) return undefined;
      const requestId = newRequestId();
      const request = { ...binding.prepared.request, requestId, signal };
      try {
        return await engine.runOnEvent({ ...binding.prepared, request }, payload);
      } catch (error) {
        return { data: null, errors: presentErrors.thrown(error, requestId).errors };
      }
    });
  }

  /** What the subscription means to each engine that it meets; meeting one moves it there. */
  #bindingsOf(prepared: Prepared, first?: readonly [RealtimeEngine, UpstreamBinding]): BindingFor {
    const bindings = new WeakMap<RealtimeEngine, Promise<UpstreamBinding>>();
    if (first !== undefined) bindings.set(first[0], Promise.resolve(first[1]));
    const bindingFor: BindingFor = (engine) => {
      let binding = bindings.get(engine);
      if (binding === undefined) {
        binding = readAgain(prepared, engine).then((read) => {
          if (prepared === this.#latest && !this.#isEnded) this.#join(read, bindingFor);
          return read;
        });
        bindings.set(engine, binding);
        binding.catch((error: unknown) => this.#refuse(prepared, error));
      }
      return binding;
    };
    return bindingFor;
  }

  #refuse(prepared: Prepared, error: unknown): void {
    if (prepared !== this.#latest) return;
    const { requestId } = prepared.request;
    this.queue.fail(new OperationRefused(this.#options.presentErrors.thrown(error, requestId).errors));
    this.#end();
  }

  /** The client learns of the end after the answers that wait. */
  #finish(end: ConnectionEnd): void {
    const errors = errorsOfEnd(end, this.#options.presentErrors, this.#latest.request.requestId);
    if (errors === undefined) this.queue.finish();
    else this.queue.fail(new OperationRefused(errors));
    this.#end();
  }
}

async function readAgain({ caller, request }: Prepared, engine: RealtimeEngine): Promise<UpstreamBinding> {
  const operation = await engine.steps.prepare(request, caller);
  await engine.steps.authorize(operation, caller);
  const prepared = { operation, caller, request };
  return { prepared, upstream: await engine.upstreamOf(prepared) };
}

import type { Caller, ClientHeaders } from '../context.ts';
import { OperationRefused } from '../errors/gateway-error.ts';
import type { LimitAtOnce } from '../lib/limit-at-once.ts';
import type { Prepared } from '../pipeline.ts';
import { AnswerQueue, type Backlog } from './answer-queue.ts';
import { bindSubscription, type Binding } from './bind-subscription.ts';
import { createResolve, type BindingFor, type ResolveOptions } from './create-resolve.ts';
import type { EventWindow } from './event-window.ts';
import type { ResumePoint } from './find-resume-point.ts';
import { readAgain } from './read-again.ts';
import type { RealtimeEngine } from './realtime-engine.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';
import type { Subscriber, SubscriberIndex } from './subscriber-index.ts';

export interface SubscriptionOptions extends ResolveOptions {
  readonly index: SubscriberIndex;
  readonly window: Pick<EventWindow, 'next' | 'head'>;
  /** Client headers that subgraphs see, and that therefore tell answers apart. */
  readonly forwardHeaders: readonly string[];
  /** Shared by all that ask what missed events show: clients come back in crowds. */
  readonly limitReplay: LimitAtOnce;
  readonly metrics: RealtimeMetrics;
}

/** What a subscription must know of the client that it belongs to. */
export interface SubscriptionClient {
  /** Shared by the subscriptions of one client. */
  readonly backlog: Backlog;
  /** Called when the client takes its answers too slowly; the subscription takes nothing more. */
  readonly onOverflow: () => void;
  /** Where it left off; undefined: it begins. */
  readonly resume: ResumePoint | undefined;
  readonly onEnd: (ended: LiveSubscription) => void;
}

/** So many missed events are asked about before the client has taken them. */
const REPLAYED_AHEAD = 10;

/**
 * One subscription of one client, from its taking up to its end. One that resumes gets what it missed out of the window as fast as
 * its client takes it, and joins the live subscribers in the step in which nothing is left: no event can fall between.
 */
export class LiveSubscription {
  readonly queue: AnswerQueue;
  readonly #options: SubscriptionOptions;
  readonly #client: SubscriptionClient;
  #state: 'catching up' | 'live' | 'ended' = 'catching up';
  #after: ResumePoint | undefined;
  /** As whom it is asked for; the subscriber may be that of the one before, until this one is read. */
  #latest: Prepared;
  #bindingFor: BindingFor;
  #subscriber: Subscriber;

  /** Takes up what the engine has authorized. Throws `BAD_USER_INPUT` when it waits for no event. */
  constructor(first: Prepared, engine: RealtimeEngine, client: SubscriptionClient, options: SubscriptionOptions) {
    const binding = bindSubscription(first, engine, options.forwardHeaders);
    this.#options = options;
    this.#client = client;
    this.#after = client.resume;
    this.#latest = first;
    this.#bindingFor = this.#bindingsOf(first, [engine, binding]);
    this.#subscriber = this.#subscriberOf(first, this.#bindingFor, binding);
    this.queue = new AnswerQueue({
      backlog: client.backlog,
      onOverflow: client.onOverflow,
      onSkipped: options.metrics.skipped,
      onTaken: () => this.#catchUp(),
      onEnd: () => this.#end(),
    });
    options.metrics.subscriptionOpened();
    if (typeof client.resume === 'bigint') options.metrics.resume('resumed');
    this.#catchUp();
  }

  /** Validates and authorizes the subscription anew on the engine in force; one that is refused ends with the reasons. */
  async renew(): Promise<void> {
    await this.#options.engine.use(this.#bindingFor).catch(() => undefined);
  }

  /** Goes on as what the caller is now, or ends with the reasons. Until that is clear, events are shown as before. */
  async changeCaller(caller: Caller, headers: ClientHeaders): Promise<void> {
    const { operation, request } = this.#latest;
    this.#latest = { operation, caller, request: { ...request, headers } };
    this.#bindingFor = this.#bindingsOf(this.#latest);
    await this.renew();
  }

  #end(): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'live') this.#options.index.remove(this.#subscriber);
    this.#state = 'ended';
    this.#options.metrics.subscriptionEnded();
    this.#client.onEnd(this);
  }

  #catchUp(): void {
    while (this.#state === 'catching up' && this.#mayPush()) {
      const event = this.#nextMissed();
      if (event === undefined) this.#goLive();
      else if (event === 'gap') this.#tellGap();
      else {
        const { resolve, push } = this.#subscriber;
        this.#after = event.position;
        push(
          this.#options.limitReplay(() => resolve(event)),
          event,
        );
      }
    }
  }

  #mayPush(): boolean {
    const { limit, waiting } = this.#client.backlog;
    return this.queue.waiting < (waiting < limit / 2 ? REPLAYED_AHEAD : 1);
  }

  #nextMissed(): ReturnType<EventWindow['next']> {
    if (typeof this.#after !== 'bigint') return this.#after;
    return this.#options.window.next(this.#after, this.#subscriber.interest);
  }

  #tellGap(): void {
    const head = this.#options.window.head();
    this.#after = head?.position;
    this.#options.metrics.resume('gap');
    const extensions = { resume: 'RESUME_GAP', ...(head && { eventId: head.cursor }) };
    this.queue.push(Promise.resolve({ data: null, extensions }));
  }

  #goLive(): void {
    this.#state = 'live';
    // An audience holds users: nobody else is ever in it, whatever their name.
    if (this.#subscriber.interest.user !== '') this.#options.index.add(this.#subscriber);
  }

  #subscriberOf(prepared: Prepared, bindingFor: BindingFor, { interest, shareKey, source }: Binding): Subscriber {
    return {
      interest,
      shareKey,
      resolve: createResolve(prepared, bindingFor, this.#options),
      push: (answer, { subject }) => this.queue.push(answer, source.conflate ? subject : undefined),
    };
  }

  /** What the subscription means to each engine that it meets; meeting one moves it there. */
  #bindingsOf(prepared: Prepared, first?: readonly [RealtimeEngine, Binding]): BindingFor {
    const bindings = new WeakMap<RealtimeEngine, Promise<Binding>>();
    if (first !== undefined) bindings.set(first[0], Promise.resolve(first[1]));
    const bindingFor: BindingFor = (engine) => {
      let binding = bindings.get(engine);
      if (binding === undefined) {
        binding = readAgain(prepared, engine, this.#options.forwardHeaders);
        bindings.set(engine, binding);
        binding.then(
          (read) => this.#moveTo(prepared, this.#subscriberOf(prepared, bindingFor, read)),
          (error: unknown) => this.#refuse(prepared, error),
        );
      }
      return binding;
    };
    return bindingFor;
  }

  #moveTo(prepared: Prepared, next: Subscriber): void {
    if (prepared !== this.#latest || this.#state === 'ended') return;
    if (this.#state === 'live') this.#options.index.remove(this.#subscriber);
    this.#subscriber = next;
    if (this.#state === 'live') this.#goLive();
  }

  #refuse(prepared: Prepared, error: unknown): void {
    if (prepared !== this.#latest) return;
    const { requestId } = prepared.request;
    this.queue.fail(new OperationRefused(this.#options.presentErrors.thrown(error, requestId).errors));
    this.#end();
  }
}

import type { JWK } from 'jose';
import type { EventSettings } from '../../events/bus-settings.ts';
import type { OperationLimits } from '../operation/operation-limits.ts';
import type { RealtimeSettings } from '../subscriptions/create-realtime.ts';
import type { SubgraphSubscriptions } from './subgraph-subscriptions.ts';

/** The query planners, ours, the native one and Apollo's, in the order in which they step in; the executor runs the plans of each. */
export const PLANNERS = ['plain', 'hive', 'apollo'] as const;
export type PlannerName = (typeof PLANNERS)[number];

/** Everything that can be set, parsed and with its defaults: see `load-settings.ts` for where each value comes from. */
export interface Settings {
  readonly port: number;
  readonly host: string | undefined;
  readonly workers: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Path of the supergraph's SDL. */
  readonly supergraph: string;
  /** How often that file is looked at for changes, besides whenever the system tells of one. */
  readonly supergraphPollMs: number;
  /** Who plans first; the others plan what it does not. */
  readonly planner: PlannerName;
  /** How long each planner may take for one operation. */
  readonly plannerTimeoutMs: number;
  /** Instances that replace a subgraph's routing URL, by the name as it stands in `<NAME>_SUBGRAPH_URL`. */
  readonly subgraphUrls: ReadonlyMap<string, readonly string[]>;
  /** How subgraphs take subscriptions, by the name as it stands in `<NAME>_SUBGRAPH_SUBSCRIPTIONS`. */
  readonly subgraphSubscriptions: ReadonlyMap<string, SubgraphSubscriptions>;
  readonly subgraphTimeoutMs: number;
  /** Undefined: access tokens are not looked at, and everyone without an API key is anonymous. */
  readonly accessTokens: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string } | undefined;
  /** The private key of identity assertions; undefined: one that lives as long as the process. */
  readonly assertionPrivateKey: JWK | undefined;
  /** The folder of `partners.json` and the manifests; undefined: no API keys. */
  readonly partnersDir: string | undefined;
  /** Undefined: no events, and so no subscriptions to them. */
  readonly eventSettings: EventSettings | undefined;
  /** How many proxies of ours stand in front, each of which adds the address that it saw to `x-forwarded-for`. */
  readonly trustedProxies: number;
  readonly realtime: RealtimeSettings;
  /** Client headers, in lower case, that subgraphs receive as they came. */
  readonly forwardHeaders: readonly string[];
  readonly corsOrigins: readonly string[];
  /** The folder of the sandbox's files; undefined: no sandbox. */
  readonly sandboxDir: string | undefined;
  readonly isIntrospectionOn: boolean;
  readonly limits: OperationLimits;
  readonly maxBodyBytes: number;
  readonly shutdownTimeoutMs: number;
}

import type { RequestContext } from '../shared/context.ts';
import type { ReadAccessLog } from './access-log.ts';
import type { GrantConsent, RevokeConsent } from './consents.ts';
import type { RecordConsultation } from './consultations.ts';
import type { IssuePrescription } from './prescribing.ts';
import type { RecordAccess } from './record-access.ts';
import type { RecordLoaders } from './record-loaders.ts';
import type { RecordReader } from './record-reader.ts';
import type { ReadTimeline } from './timeline.ts';

/** What serves every request. */
export interface UseCases {
  readonly recordConsultation: RecordConsultation;
  readonly issuePrescription: IssuePrescription;
  readonly grantConsent: GrantConsent;
  readonly revokeConsent: RevokeConsent;
  readonly readAccessLog: ReadAccessLog;
}

/** What one request works with. `loaders` decide nothing about access; `records` do. */
export interface Context extends RequestContext {
  readonly access: RecordAccess;
  readonly loaders: RecordLoaders;
  readonly records: RecordReader;
  readonly readTimeline: ReadTimeline;
  readonly useCases: UseCases;
}

import { allow, rule } from '../../wire/graphql-shield.ts';
import { clientError } from '../shared/client-error.ts';
import { keepFailures } from '../shared/keep-failures.ts';
import type { Permissions } from '../shared/permissions.ts';
import type { Context } from './context.ts';
import type { QueryPatientAccessLogArgs } from './generated/resolvers.ts';
import type { PatientRecord } from './records.ts';

/** The patient, a doctor who treats them, or a doctor with their consent; nobody else, whatever their role. */
const mayReadRecord = rule({ cache: 'no_cache' })(
  keepFailures(async ({ id }: PatientRecord, _args: unknown, { access }: Context) =>
    (await access.toRead(id)) === undefined
      ? clientError('FORBIDDEN', 'You do not treat this patient and have no consent.')
      : true,
  ),
);

const mayReadAccessLog = rule({ cache: 'no_cache' })(
  keepFailures(async (_parent: unknown, { patientId }: QueryPatientAccessLogArgs, { access }: Context) =>
    (await access.toReadLog(patientId))
      ? true
      : clientError('FORBIDDEN', 'The access log is for the patient and for administrators.'),
  ),
);

/**
 * Beyond what the schema demands. Entries of a record are guarded where they come from: by their patient's fields, by
 * `RecordReader` for single ones and entity references, and by the use case that wrote them.
 */
export const permissions: Permissions = {
  Query: { consultation: allow, prescription: allow, patientAccessLog: mayReadAccessLog },
  Mutation: { recordConsultation: allow, issuePrescription: allow, grantConsent: allow, revokeConsent: allow },
  Patient: { id: allow, allergies: mayReadRecord, timeline: mayReadRecord },
  Consultation: { '*': allow },
  Prescription: { '*': allow },
  PrescriptionItem: { '*': allow },
  Referral: { '*': allow },
  ClinicalDocument: { '*': allow },
  AllergyIntolerance: { '*': allow },
  Consent: { '*': allow },
  AuditEvent: { '*': allow },
  Doctor: { id: allow },
  User: { id: allow },
  Product: { id: allow },
  TimelineConnection: { '*': allow },
  TimelineEdge: { '*': allow },
  AuditEventConnection: { '*': allow },
  AuditEventEdge: { '*': allow },
  PageInfo: { '*': allow },
};

import { signedIn } from '../shared/context.ts';
import { referenceId } from '../shared/reference-id.ts';
import { scalars } from '../shared/scalars.ts';
import type { Actor } from './audit.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/resolvers.ts';

/** The fields of the schema, each one call. */
export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Query: {
    consultation: (_, { id }, { records }) => records.consultation(id),
    prescription: (_, { id }, { records }) => records.prescription(id),
    patientAccessLog: (_, { patientId, ...page }, { useCases }) => useCases.readAccessLog(patientId, page),
  },
  Mutation: {
    recordConsultation: (_, { input }, context) => context.useCases.recordConsultation(actorOf(context), input),
    issuePrescription: (_, { input }, context) => context.useCases.issuePrescription(actorOf(context), input),
    grantConsent: (_, wish, context) => context.useCases.grantConsent(actorOf(context), wish),
    revokeConsent: (_, { id }, context) => context.useCases.revokeConsent(actorOf(context), id),
  },
  Patient: {
    // Any id is a patient's here; what stands behind it, the rules of the fields decide.
    __resolveReference: async (reference) => {
      const id = referenceId(reference);
      return id === undefined ? null : { id };
    },
    allergies: async ({ id }, _, { loaders }) => [...(await loaders.allergies.load(id))],
    timeline: ({ id }, page, { readTimeline }) => readTimeline(id, page),
  },
  TimelineEntry: { __resolveType: ({ kind }) => kind },
  Consultation: {
    __resolveReference: async (reference, { records }) => resolve(reference, records.consultation),
    doctor: ({ doctorId }) => ({ id: doctorId }),
    patient: ({ patientId }) => ({ id: patientId }),
  },
  Prescription: {
    __resolveReference: async (reference, { records }) => resolve(reference, records.prescription),
    items: async ({ id }, _, { loaders }) => [...(await loaders.prescriptionItems.load(id))],
    doctor: ({ doctorId }) => ({ id: doctorId }),
    patient: ({ patientId }) => ({ id: patientId }),
  },
  PrescriptionItem: { product: ({ productId }) => ({ id: productId }) },
  Referral: { __resolveReference: async (reference, { records }) => resolve(reference, records.referral) },
  ClinicalDocument: { __resolveReference: async (reference, { records }) => resolve(reference, records.document) },
  Consent: {
    __resolveReference: async (reference, { records }) => resolve(reference, records.consent),
    doctor: ({ doctorId }) => ({ id: doctorId }),
  },
  AuditEvent: { actor: ({ actorId }) => ({ id: actorId }) },
};

async function resolve<Row>(reference: object, read: (id: string) => Promise<Row | null>): Promise<Row | null> {
  const id = referenceId(reference);
  return id === undefined ? null : read(id);
}

function actorOf({ identity, requestId }: Context): Actor {
  return { subject: signedIn(identity).subject, requestId };
}

import type { Identity } from '../../wire/identity.ts';
import type { RecordAccess } from './record-access.ts';
import type { RecordLoaders } from './record-loaders.ts';
import type { ConsentRecord } from './records.ts';

export type RecordReader = ReturnType<typeof createRecordReader>;

/** Reads single entries of records, by id. What is not there and what the caller may not see look the same: `null`. */
export function createRecordReader(identity: Identity, loaders: RecordLoaders, access: RecordAccess) {
  const visible = async <Row extends { readonly patientId: string }>(row: Row | null): Promise<Row | null> =>
    row !== null && (await access.toRead(row.patientId)) !== undefined ? row : null;

  return {
    consultation: async (id: string) => visible(await loaders.consultation.load(id)),
    prescription: async (id: string) => visible(await loaders.prescription.load(id)),
    document: async (id: string) => visible(await loaders.document.load(id)),
    referral: async (id: string) => visible(await loaders.referral.load(id)),
    /** For the two whom it binds: other doctors of the patient need not know whom else the patient trusts. */
    async consent(id: string): Promise<ConsentRecord | null> {
      const consent = await loaders.consent.load(id);
      if (consent === null || identity.kind === 'anonymous') return null;
      if ([consent.patientId, consent.doctorId].includes(identity.subject)) return visible(consent);
      await access.refuse(consent.patientId);
      return null;
    },
  };
}

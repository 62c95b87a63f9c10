import { loaderById, loaderByOwner } from '../shared/loaders.ts';
import type { RecordStore } from './store-records.ts';

export type RecordLoaders = ReturnType<typeof createRecordLoaders>;

/** Loaders for one request: all rows of one kind that it asks for at once are one statement. They decide nothing about access. */
export function createRecordLoaders(store: RecordStore) {
  const idOf = ({ id }: { readonly id: string }): string => id;
  return {
    consultation: loaderById(store.consultations, idOf),
    prescription: loaderById(store.prescriptions, idOf),
    prescriptionItems: loaderByOwner(store.itemsOfPrescriptions, ({ prescriptionId }) => prescriptionId),
    document: loaderById(store.documents, idOf),
    referral: loaderById(store.referrals, idOf),
    consent: loaderById(store.consents, idOf),
    allergies: loaderByOwner(store.allergiesOfPatients, ({ patientId }) => patientId),
  };
}

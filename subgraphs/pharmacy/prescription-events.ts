import { z } from 'zod';
import type { DomainEvent } from '../../wire/domain-event.ts';
import type { IssuedPrescription } from './store-prescriptions.ts';

const Issued = z.object({
  prescriptionId: z.string().min(1),
  patientId: z.string().min(1),
  status: z.string().min(1),
});

/** The prescription that a `prescription.issued` event is about; `undefined` when it does not say. */
export function issuedPrescriptionOf({ data }: Pick<DomainEvent, 'data'>): IssuedPrescription | undefined {
  const issued = Issued.safeParse(data);
  if (!issued.success) return undefined;
  const { prescriptionId, patientId, status } = issued.data;
  return { id: prescriptionId, patientId, status };
}

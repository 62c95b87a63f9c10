import { createHash, randomUUID } from 'node:crypto';
import { boundedId, boundedText, idempotencyKeyOf } from '../shared/bounded-text.ts';
import { clientError } from '../shared/client-error.ts';
import { auditEntry, type Actor } from './audit.ts';
import type { IssuePrescriptionInput, PrescriptionItemInput } from './generated/resolvers.ts';
import type { PrescriptionRecord } from './records.ts';
import type { AccessStore } from './store-access.ts';
import type { NewPrescription, WriteStore } from './store-writes.ts';
import type { DemandTreatment } from './treating-doctor.ts';

export interface IssuePrescriptionOptions {
  readonly store: Pick<WriteStore, 'insertPrescription' | 'prescriptionUnderKey' | 'unknownProducts'> &
    Pick<AccessStore, 'recordAccess'>;
  readonly demandTreatment: DemandTreatment;
  readonly now: () => Date;
}

/**
 * Prescribes products to a patient whom the doctor treats. Throws `FORBIDDEN` when they do not, `BAD_USER_INPUT` for bad items and
 * unknown products, `CONFLICT` when the idempotency key was used for another request.
 */
export type IssuePrescription = (doctor: Actor, input: IssuePrescriptionInput) => Promise<PrescriptionRecord>;

const MAX_ITEMS = 20;
const MAX_DAYS = 365;
const MAX_INSTRUCTION = 200;

export function createIssuePrescription({ store, demandTreatment, now }: IssuePrescriptionOptions): IssuePrescription {
  return async (doctor, input) => {
    const prescription = newPrescription(doctor.subject, input, now());
    const { patientId, idempotencyKey } = prescription;
    const reason = await demandTreatment(doctor, patientId, 'CREATE');
    await demandKnownProducts(store, prescription);
    const entity = `Prescription/${prescription.id}`;
    const audit = auditEntry(doctor, { patientId, action: 'CREATE', outcome: 'SUCCESS', reason, entity }, now());
    if (await store.insertPrescription(prescription, audit)) return { ...prescription, kind: 'Prescription' };

    const first = idempotencyKey === null ? null : await store.prescriptionUnderKey(doctor.subject, idempotencyKey);
    if (first === null || first.requestHash !== prescription.requestHash) {
      throw clientError('CONFLICT', 'This "idempotencyKey" was used for another prescription; take a new one.');
    }
    await store.recordAccess([{ ...audit, action: 'READ', entity: `Prescription/${first.id}` }]);
    return first;
  };
}

function newPrescription(doctorId: string, input: IssuePrescriptionInput, occurredAt: Date): NewPrescription {
  if (input.items.length < 1 || input.items.length > MAX_ITEMS) {
    throw clientError('BAD_USER_INPUT', `"items" must hold 1 to ${MAX_ITEMS} items.`);
  }
  const patientId = boundedId('patientId', input.patientId);
  const items = input.items.map(itemOf);
  const idempotencyKey = idempotencyKeyOf(input.idempotencyKey);
  const requestHash = idempotencyKey === null ? null : hashOf({ patientId, items });
  return { id: randomUUID(), patientId, doctorId, status: 'ACTIVE', occurredAt, items, idempotencyKey, requestHash };
}

function itemOf({
  productId,
  dosage,
  frequency,
  durationDays,
}: PrescriptionItemInput): NewPrescription['items'][number] {
  if (durationDays < 1 || durationDays > MAX_DAYS) {
    throw clientError('BAD_USER_INPUT', `"durationDays" must be from 1 to ${MAX_DAYS}.`);
  }
  return {
    productId: boundedId('productId', productId),
    dosage: boundedText('dosage', dosage, MAX_INSTRUCTION),
    frequency: boundedText('frequency', frequency, MAX_INSTRUCTION),
    durationDays,
  };
}

async function demandKnownProducts(
  store: Pick<WriteStore, 'unknownProducts'>,
  { items }: NewPrescription,
): Promise<void> {
  const [unknown] = await store.unknownProducts(items.map(({ productId }) => productId));
  if (unknown !== undefined) {
    throw clientError('BAD_USER_INPUT', `There is no product "${unknown}"; take "productId" from searchProducts.`);
  }
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

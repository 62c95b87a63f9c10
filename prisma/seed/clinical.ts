import { PrismaClient, type Prisma } from '../clinical/generated/client.ts';
import { DIAGNOSES, NOTES } from './diagnoses.ts';
import { createDice } from './dice.ts';
import { prescriptionsOf, type SeedPrescription } from './prescriptions.ts';
import { seedProducts } from './products.ts';
import { referralsOf } from './referrals.ts';
import { seedId } from './seed-id.ts';
import { seedOptions } from './seed-options.ts';
import { happenedAt, type World } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SUBSTANCES = ['Latex', 'Grass pollen', 'House dust mites', 'Shellfish', 'Sulfonamides', 'Aspirin', 'Bee venom'];
const SEVERITIES = ['MILD', 'MODERATE', 'SEVERE'] as const;
const DOCUMENTS = [
  ['Blood count', 'application/pdf'],
  ['Lipid profile', 'application/pdf'],
  ['Chest X-ray', 'image/jpeg'],
  ['Discharge letter', 'application/pdf'],
] as const;

/** Seeds the clinical database in one transaction; 'kept' when it holds consultations already. */
export async function seedClinical(databaseUrl: string, world: World): Promise<'seeded' | 'kept'> {
  const database = new PrismaClient(seedOptions(databaseUrl));
  try {
    if ((await database.consultation.findFirst()) !== null) return 'kept';
    const consultations = consultationsOf(world);
    const prescriptions = prescriptionsOf(world);
    const consents = consentsOf(world);
    await database.$transaction([
      database.consultation.createMany({ data: consultations }),
      database.prescription.createMany({ data: prescriptions.map(prescriptionRow) }),
      database.prescriptionItem.createMany({ data: prescriptions.flatMap(itemRows) }),
      database.allergyIntolerance.createMany({ data: allergiesOf(world) }),
      database.clinicalDocument.createMany({ data: documentsOf(consultations, world) }),
      database.timelineReferral.createMany({
        data: referralsOf(world).map(({ id, patientId, createdAt }) => ({ id, patientId, occurredAt: createdAt })),
      }),
      database.treatment.createMany({ data: world.treatments.map((treatment) => ({ ...treatment })) }),
      database.consent.createMany({ data: consents }),
      database.knownProduct.createMany({ data: seedProducts().map(({ id }) => ({ id })) }),
      database.auditEvent.createMany({ data: auditTrailOf(world, { consultations, prescriptions, consents }) }),
    ]);
    return 'seeded';
  } finally {
    await database.$disconnect();
  }
}

type Consultation = Prisma.ConsultationCreateManyInput & { readonly occurredAt: Date };
type Consent = Prisma.ConsentCreateManyInput & { readonly grantedAt: Date };

function consultationsOf({ now, appointments, doctors }: World): Consultation[] {
  const dice = createDice(90_210);
  const specializations = new Map(doctors.map(({ id, specialization }) => [id, specialization]));
  return appointments
    .filter(({ status }) => status === 'COMPLETED')
    .map(({ id, patientId, slot }) => ({
      id: seedId('consultation', id),
      patientId,
      doctorId: slot.doctorId,
      appointmentId: id,
      diagnosis: dice.pick(DIAGNOSES[specializations.get(slot.doctorId) ?? ''] ?? ['Routine examination, no findings']),
      notes: dice.roll(5) === 0 ? null : dice.pick(NOTES),
      occurredAt: happenedAt({ now }, slot.startsAt),
    }));
}

function prescriptionRow({ id, patientId, doctorId, status, issuedAt }: SeedPrescription) {
  return { id, patientId, doctorId, status, occurredAt: issuedAt };
}

function itemRows({ id: prescriptionId, items }: SeedPrescription): Prisma.PrescriptionItemCreateManyInput[] {
  return items.map((item, position) => ({ ...item, prescriptionId, position }));
}

function allergiesOf({ patients, today }: World): Prisma.AllergyIntoleranceCreateManyInput[] {
  const dice = createDice(555);
  const recordedAt = new Date(today.getTime() - 200 * DAY_MS);
  const row = (patientId: string, substance: string, severity: (typeof SEVERITIES)[number]) => ({
    id: seedId('allergy', `${patientId}:${substance}`),
    patientId,
    substance,
    severity,
    recordedAt,
  });
  return patients.flatMap(({ id }, index) => {
    if (index === 0) return [row(id, 'Penicillin', 'SEVERE'), row(id, 'Peanuts', 'MODERATE')];
    const first = dice.roll(SUBSTANCES.length);
    const substances = index === 1 ? ['Latex'] : SUBSTANCES.slice(first, first + dice.roll(3));
    return substances.map((substance) => row(id, substance, dice.pick(SEVERITIES)));
  });
}

/** A report two days after every fourth visit, and after the first one of each demo patient. */
function documentsOf(
  consultations: readonly Consultation[],
  { patients, today }: World,
): Prisma.ClinicalDocumentCreateManyInput[] {
  const dice = createDice(808);
  const demoVisits = patients.slice(0, 2).map(({ id }) => consultations.find(({ patientId }) => patientId === id)?.id);
  return consultations
    .filter(({ id }) => dice.roll(4) === 0 || demoVisits.includes(id))
    .map(({ id, patientId, occurredAt }) => {
      const [title, contentType] = dice.pick(DOCUMENTS);
      const reportedAt = new Date(occurredAt.getTime() + 2 * DAY_MS);
      return { id: seedId('document', id), patientId, title, contentType, occurredAt: reportedAt };
    })
    .filter(({ occurredAt }) => occurredAt < today);
}

/** The first demo patient has let two other doctors in, one of them no longer; the demo doctors hold no consent of anyone. */
function consentsOf({ patients, doctors, today }: World): Consent[] {
  const row = (patient: number, doctor: number, grantedDaysAgo: number): Consent => {
    const patientId = patients[patient]?.id ?? '';
    const doctorId = doctors[doctor]?.id ?? '';
    const grantedAt = new Date(today.getTime() - grantedDaysAgo * DAY_MS);
    return { id: seedId('consent', `${patient}:${doctor}`), patientId, doctorId, grantedAt };
  };
  const revokedAt = new Date(today.getTime() - 5 * DAY_MS);
  return [
    { ...row(0, 2, 8), expiresAt: new Date(today.getTime() + 60 * DAY_MS) },
    { ...row(0, 3, 20), revokedAt, endedAt: revokedAt },
    ...[4, 5, 6, 7, 8, 9].map((patient) => row(patient, patient + 6, patient)),
  ];
}

interface Written {
  readonly consultations: readonly Consultation[];
  readonly prescriptions: readonly SeedPrescription[];
  readonly consents: readonly Consent[];
}

/** What the seeded rows would have left behind, and some reads of the demo patient's record, one of them refused. */
function auditTrailOf(world: World, { consultations, prescriptions, consents }: Written): AuditEvent[] {
  const [patient] = world.patients;
  const [doctor, doctor2] = world.doctors;
  if (patient === undefined || doctor === undefined || doctor2 === undefined) throw new Error('no demo people');
  const read = (name: string, actorId: string, daysAgo: number, reason: string): AuditEvent => ({
    ...entry(`read:${name}`, patient.id, actorId, new Date(world.today.getTime() - daysAgo * DAY_MS)),
    action: 'READ',
    outcome: reason === 'No grounds' ? 'DENIED' : 'SUCCESS',
    reason,
  });
  return [
    ...consultations.map(({ id, patientId, doctorId, occurredAt }) => ({
      ...entry(`Consultation/${id}`, patientId, doctorId, occurredAt),
      reason: 'Treating doctor',
    })),
    ...prescriptions.map(({ id, patientId, doctorId, issuedAt }) => ({
      ...entry(`Prescription/${id}`, patientId, doctorId, issuedAt),
      reason: 'Treating doctor',
    })),
    ...consents.map(({ id, patientId, grantedAt }) => ({
      ...entry(`Consent/${id}`, patientId, patientId, grantedAt),
      reason: 'Own record',
    })),
    read('treating:0', doctor.id, 9, 'Treating doctor'),
    read('treating:1', doctor.id, 4, 'Treating doctor'),
    read('consent', world.doctors[2]?.id ?? doctor.id, 6, 'Consent'),
    read('refused', doctor2.id, 3, 'No grounds'),
    read('own', patient.id, 1, 'Own record'),
  ];
}

type AuditEvent = Prisma.AuditEventCreateManyInput;

/** A write that succeeded, unless the caller says otherwise. */
function entry(entity: string, patientId: string, actorId: string, occurredAt: Date) {
  const isWrite = !entity.startsWith('read:');
  return {
    id: seedId('audit', entity),
    patientId,
    actorId,
    occurredAt,
    action: 'CREATE',
    outcome: 'SUCCESS',
    entity: isWrite ? entity : null,
    requestId: 'seed',
  } as const;
}

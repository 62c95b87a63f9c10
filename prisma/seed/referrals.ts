import { createDice } from './dice.ts';
import { seedId } from './seed-id.ts';
import type { World } from './world.ts';

/** A seeded referral, as the appointments subgraph owns it and the clinical timeline lists it. */
export interface SeedReferral {
  readonly id: string;
  readonly fromDoctorId: string;
  readonly toDoctorId: string;
  readonly patientId: string;
  readonly status: 'REQUESTED' | 'ACCEPTED' | 'REJECTED' | 'COMPLETED';
  readonly reason: string;
  readonly createdAt: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHERS = 28;
const STATUSES = ['REQUESTED', 'ACCEPTED', 'ACCEPTED', 'COMPLETED', 'REJECTED'] as const;
const REASONS = ['Second opinion', 'Further diagnosis', 'Specialist treatment', 'Assessment before surgery'];

/**
 * The referrals of the world: two of the first demo patient, from the first demo doctor to the second, then others, each by a
 * doctor who treats the patient.
 */
export function referralsOf(world: World): readonly SeedReferral[] {
  const [doctor, doctor2] = world.doctors;
  const patient = world.patients[0];
  if (doctor === undefined || doctor2 === undefined || patient === undefined)
    throw new Error('the world lacks its demo people');
  const demo = { fromDoctorId: doctor.id, toDoctorId: doctor2.id, patientId: patient.id };
  return [
    {
      ...demo,
      id: seedId('referral', 'demo:0'),
      status: 'COMPLETED',
      reason: 'Second opinion',
      createdAt: morning(world, -10),
    },
    {
      ...demo,
      id: seedId('referral', 'demo:1'),
      status: 'REQUESTED',
      reason: 'Further diagnosis',
      createdAt: morning(world, -3),
    },
    ...others(world, patient.id),
  ];
}

function others(world: World, demoPatientId: string): SeedReferral[] {
  const dice = createDice(4_711);
  const treated = world.treatments.filter(({ patientId, since }) => patientId !== demoPatientId && since < world.today);
  return Array.from({ length: OTHERS }, (_, index): SeedReferral => {
    const { doctorId, patientId } = dice.pick(treated);
    return {
      id: seedId('referral', String(index)),
      fromDoctorId: doctorId,
      toDoctorId: dice.pick(world.doctors.filter(({ id }) => id !== doctorId)).id,
      patientId,
      status: dice.pick(STATUSES),
      reason: dice.pick(REASONS),
      createdAt: morning(world, -1 - dice.roll(12)),
    };
  });
}

function morning({ today }: World, day: number): Date {
  return new Date(today.getTime() + day * DAY_MS + DAY_MS / 2);
}

import type { Role } from '../../wire/identity.ts';
import { createDice } from './dice.ts';
import { seedId } from './seed-id.ts';

/** A seeded account; all of them are synthetic, verified, and share the demo password. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string;
  readonly role: Role;
  /** As in 1990-04-23. */
  readonly dateOfBirth: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly city: City;
}

export interface City {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly latitude: number;
  readonly longitude: number;
}

export const DEMO_PASSWORD = 'caregraph-demo';

export const CITIES: readonly City[] = [
  { name: 'Cairo', country: 'EG', timeZone: 'Africa/Cairo', currency: 'EGP', latitude: 30.0444, longitude: 31.2357 },
  {
    name: 'Alexandria',
    country: 'EG',
    timeZone: 'Africa/Cairo',
    currency: 'EGP',
    latitude: 31.2001,
    longitude: 29.9187,
  },
  { name: 'Mansoura', country: 'EG', timeZone: 'Africa/Cairo', currency: 'EGP', latitude: 31.0409, longitude: 31.3785 },
  { name: 'Dubai', country: 'AE', timeZone: 'Asia/Dubai', currency: 'AED', latitude: 25.2048, longitude: 55.2708 },
  { name: 'Riyadh', country: 'SA', timeZone: 'Asia/Riyadh', currency: 'SAR', latitude: 24.7136, longitude: 46.6753 },
  { name: 'Jeddah', country: 'SA', timeZone: 'Asia/Riyadh', currency: 'SAR', latitude: 21.4858, longitude: 39.1925 },
];

const FEMALE = [
  'Amal',
  'Dalia',
  'Farida',
  'Hana',
  'Laila',
  'Mariam',
  'Nadia',
  'Rania',
  'Salma',
  'Yasmin',
  'Zeina',
  'Noor',
];
const MALE = ['Adam', 'Bassem', 'Fadi', 'Hassan', 'Karim', 'Mazen', 'Omar', 'Rami', 'Sami', 'Tarek', 'Yousef', 'Ziad'];
const FAMILY = [
  'Abbas',
  'Badawi',
  'Darwish',
  'Fahmy',
  'Ghali',
  'Halabi',
  'Kamel',
  'Mansour',
  'Nassar',
  'Qasim',
  'Rashid',
  'Saleh',
];

const DEMO: readonly (readonly [email: string, name: string, role: Role])[] = [
  ['patient@example.com', 'Mona Saleh', 'PATIENT'],
  ['patient2@example.com', 'Khaled Nassar', 'PATIENT'],
  ['doctor@example.com', 'Dr. Layla Mansour', 'DOCTOR'],
  ['doctor2@example.com', 'Dr. Omar Fahmy', 'DOCTOR'],
  ['assistant@example.com', 'Huda Kamel', 'ASSISTANT'],
  ['nurse@example.com', 'Samir Badawi', 'NURSE'],
  ['pharmacy@example.com', 'Nile Pharmacy Desk', 'PHARMACY'],
  ['admin@example.com', 'Platform Administrator', 'ADMIN'],
];

const COUNTS: readonly (readonly [role: Role, count: number])[] = [
  ['DOCTOR', 46],
  ['PATIENT', 198],
  ['ASSISTANT', 12],
  ['NURSE', 12],
];

/** Everybody of the seed: the eight demo accounts first, then doctors, patients, assistants and nurses. */
export function people(): readonly Person[] {
  const dice = createDice(20_240_229);
  const demo = DEMO.map(([email, name, role]) => person(email, name, role, 0));
  const others = COUNTS.flatMap(([role, count]) =>
    Array.from({ length: count }, (_, index) => {
      const gender = dice.roll(2) === 0 ? FEMALE : MALE;
      const plain = `${dice.pick(gender)} ${dice.pick(FAMILY)}`;
      return person(
        `${role.toLowerCase()}.${index + 1}@seed.example.com`,
        role === 'DOCTOR' ? `Dr. ${plain}` : plain,
        role,
        index,
      );
    }),
  );
  return [...demo, ...others];
}

function person(email: string, name: string, role: Role, index: number): Person {
  const id = seedId('user', email);
  const dice = createDice(Number.parseInt(id.slice(0, 8), 16));
  const first = name.replace('Dr. ', '').split(' ')[0] ?? name;
  const year = role === 'PATIENT' ? 1945 + dice.roll(65) : 1960 + dice.roll(35);
  return {
    id,
    email,
    name,
    role,
    phone: `+2010${String(10_000_000 + dice.roll(89_999_999))}`,
    dateOfBirth: `${year}-${two(1 + dice.roll(12))}-${two(1 + dice.roll(28))}`,
    gender: FEMALE.includes(first) || ['Mona', 'Layla', 'Huda'].includes(first) ? 'FEMALE' : 'MALE',
    city: CITIES[index % CITIES.length] ?? dice.pick(CITIES),
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

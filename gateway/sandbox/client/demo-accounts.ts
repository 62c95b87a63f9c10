export interface DemoAccount {
  email: string;
  label: string;
  /** What to expect of the account, in a few words. */
  hint: string;
}

export const DEMO_PASSWORD = 'caregraph-demo';

/** The accounts of the seed data. */
export const demoAccounts: readonly DemoAccount[] = [
  { email: 'patient@example.com', label: 'Patient', hint: 'has appointments with Doctor' },
  { email: 'patient2@example.com', label: 'Patient 2', hint: 'has appointments with Doctor 2' },
  { email: 'doctor@example.com', label: 'Doctor', hint: 'treats Patient, and not Patient 2' },
  { email: 'doctor2@example.com', label: 'Doctor 2', hint: 'treats Patient 2' },
  { email: 'assistant@example.com', label: 'Assistant', hint: "keeps Doctor's calendar" },
  { email: 'nurse@example.com', label: 'Nurse', hint: 'works with Doctor' },
  { email: 'pharmacy@example.com', label: 'Pharmacy', hint: 'runs a pharmacy' },
  { email: 'admin@example.com', label: 'Admin', hint: 'administers the platform' },
];

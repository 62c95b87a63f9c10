/** Synthetic diagnoses, three of each specialization. */
export const DIAGNOSES: Readonly<Record<string, readonly string[]>> = {
  Cardiology: ['Essential hypertension', 'Stable angina', 'Atrial fibrillation, rate controlled'],
  Dermatology: ['Atopic dermatitis', 'Plaque psoriasis, mild', 'Tinea corporis'],
  Endocrinology: ['Type 2 diabetes mellitus', 'Hypothyroidism', 'Vitamin D deficiency'],
  Gastroenterology: ['Gastro-oesophageal reflux disease', 'Irritable bowel syndrome', 'Acute gastritis'],
  'General Practice': ['Acute upper respiratory infection', 'Tension headache', 'Lumbar strain'],
  Gynecology: ['Iron deficiency anaemia', 'Polycystic ovary syndrome', 'Routine examination, no findings'],
  Neurology: ['Migraine without aura', 'Carpal tunnel syndrome', 'Benign positional vertigo'],
  Ophthalmology: ['Dry eye syndrome', 'Allergic conjunctivitis', 'Myopia, both eyes'],
  Orthopedics: ['Osteoarthritis of the knee', 'Rotator cuff tendinopathy', 'Ankle sprain'],
  Pediatrics: ['Acute otitis media', 'Viral exanthem', 'Well-child visit, no findings'],
  Psychiatry: ['Generalized anxiety disorder', 'Depressive episode, moderate', 'Insomnia'],
  Pulmonology: ['Asthma, partly controlled', 'Acute bronchitis', 'Allergic rhinitis'],
};

/** What the synthetic consultations note. */
export const NOTES: readonly string[] = [
  'Findings explained; questions answered. Review in four weeks.',
  'Vital signs within normal limits. Lifestyle advice given.',
  'Symptoms improving. Continue the present treatment.',
  'Laboratory tests ordered; results to be discussed at the next visit.',
  'Advised to return at once if the symptoms get worse.',
];

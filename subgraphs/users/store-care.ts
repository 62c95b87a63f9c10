import type { Database, Transaction } from './store.ts';

/** Reads who looks after whom. */
export function createCareStore(database: Database) {
  return {
    /** Those of the patients whom the member looks after. */
    async patientsOf(memberId: string, patientIds: readonly string[]): Promise<string[]> {
      const rows = await database.careRelationship.findMany({
        where: { memberId, patientId: { in: [...patientIds] } },
        select: { patientId: true },
      });
      return rows.map(({ patientId }) => patientId);
    },
  };
}

/** Notes that members look after a patient; those who did already keep their `since`. */
export async function addCare(
  tx: Transaction,
  care: { readonly patientId: string; readonly memberIds: readonly string[]; readonly since: Date },
): Promise<void> {
  const { patientId, memberIds, since } = care;
  await tx.careRelationship.createMany({
    data: memberIds.map((memberId) => ({ patientId, memberId, since })),
    skipDuplicates: true,
  });
}

import DataLoader from 'dataloader';
import { connection, type PageArguments } from '../shared/connection.ts';
import { latestFirstRequest, placeKeys, type LatestFirstRequest } from '../shared/latest-first.ts';
import { loaderById } from '../shared/loaders.ts';
import type { RecordLoaders } from './record-loaders.ts';
import type { TimelineConnectionRecord, TimelineEntryRecord } from './records.ts';
import type { RecordStore, TimelineRow } from './store-records.ts';

/** Reads a page of a patient's timeline, latest first. Throws `BAD_USER_INPUT` for bad page arguments. */
export type ReadTimeline = (patientId: string, args: PageArguments) => Promise<TimelineConnectionRecord>;

/** A reader for one request: timelines of many patients that are asked for at once cost as many statements as one. */
export function createTimelineReader(store: RecordStore, loaders: RecordLoaders): ReadTimeline {
  const pages = pageLoader(store);
  // All of a batch are there at once, whatever their kinds: so what their fields ask for next is one batch again.
  const entries = new DataLoader<TimelineRow, TimelineEntryRecord | null, string>(
    (rows) => Promise.all(rows.map((row) => entryOf(row, loaders))),
    { cacheKeyFn: ({ kind, id }) => `${kind}:${id}` },
  );
  const lengths = loaderById(store.timelineLengths, ({ patientId }) => patientId);
  return async (patientId, args) => {
    const request = latestFirstRequest(args);
    const [rows, counted] = await Promise.all([pages.load({ patientId, request }), lengths.load(patientId)]);
    const page = await Promise.all(rows.map((row) => entries.load(row)));
    return connection(
      page.filter((entry) => entry !== null),
      request.page,
      counted?.length ?? 0,
      placeKeys,
    );
  };
}

interface PageKey {
  readonly patientId: string;
  readonly request: LatestFirstRequest;
}

/** One read for all patients whose timelines are asked for with the same arguments. */
function pageLoader(store: RecordStore): DataLoader<PageKey, readonly TimelineRow[], string> {
  return new DataLoader(
    async (keys) => {
      const reads = new Map<string, Promise<readonly TimelineRow[]>>();
      for (const { request } of keys) {
        const name = JSON.stringify(request);
        const patientIds = keys.filter((key) => JSON.stringify(key.request) === name).map((key) => key.patientId);
        if (!reads.has(name)) reads.set(name, store.timelines(patientIds, request));
      }
      return Promise.all(
        keys.map(async ({ patientId, request }) =>
          ((await reads.get(JSON.stringify(request))) ?? []).filter((row) => row.patientId === patientId),
        ),
      );
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );
}

async function entryOf(row: TimelineRow, loaders: RecordLoaders): Promise<TimelineEntryRecord | null> {
  switch (row.kind) {
    case 'Consultation':
      return loaders.consultation.load(row.id);
    case 'Prescription':
      return loaders.prescription.load(row.id);
    case 'ClinicalDocument':
      return loaders.document.load(row.id);
    case 'Referral':
      return { ...row, kind: 'Referral' };
  }
}

import type { BusAddress } from '../../events/bus-address.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';

const [address = '', first = ''] = process.argv.slice(2);
const settings = { address: JSON.parse(address) as BusAddress, retentionMs: 86_400_000 };
const bus = openEventBus(settings, { error: () => undefined });

const eventOf = (id: string): DomainEvent => ({
  id,
  type: 'appointment.status-changed',
  source: 'appointments',
  subject: 'appointment-1',
  time: '2026-01-02T03:04:05.678Z',
  audience: [],
  data: {},
});

// Until it is killed: each line tells a batch that is published.
for (let batch = Number(first); ; batch += 1) {
  await bus.publish([0, 1, 2].map((n) => eventOf(`batch-${batch}-${n}`)));
  process.stdout.write(`${batch}\n`);
}

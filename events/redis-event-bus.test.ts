import { Redis } from 'ioredis';
import { describeEventBus } from '../test/support/event-bus-contract.ts';
import { describeWhere } from '../test/support/describe-where.ts';
import { hasRedisServer, startRedis } from '../test/support/redis.ts';

describeWhere({ name: 'redis-server', isThere: hasRedisServer(), isInstalledInCi: true }, () => {
  describeEventBus('Redis', async () => {
    const redis = await startRedis();
    return {
      address: { kind: 'redis', url: redis.url },
      crash: redis.kill,
      restart: redis.restart,
      async appendDouble(event) {
        const client = new Redis(redis.url);
        await client.xadd('{caregraph:events}', '*', 'event', JSON.stringify(event));
        await client.quit();
      },
      stop: redis.stop,
    };
  });
});

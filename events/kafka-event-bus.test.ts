import { Kafka, logLevel } from 'kafkajs';
import { describeEventBus } from '../test/support/event-bus-contract.ts';
import { describeWhere } from '../test/support/describe-where.ts';
import { hasKafka, startKafka } from '../test/support/kafka/kafka.ts';
import { TOPIC } from './kafka-topic.ts';

// Its jars come from Maven's repository, which not every machine of continuous integration reaches.
const KAFKA = { name: 'Apache Kafka (Java 17, Maven)', isThere: hasKafka(), isInstalledInCi: false };

describeWhere(KAFKA, () => {
  describeEventBus('Kafka', async () => {
    const kafka = await startKafka();
    const { brokers } = kafka;
    return {
      address: { kind: 'kafka', brokers, isTls: false, login: undefined },
      crash: kafka.kill,
      restart: kafka.restart,
      async appendDouble(event) {
        const producer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).producer();
        await producer.connect();
        await producer.send({ topic: TOPIC, messages: [{ partition: 0, value: JSON.stringify(event) }] });
        await producer.disconnect();
      },
      stop: kafka.stop,
    };
  });
});

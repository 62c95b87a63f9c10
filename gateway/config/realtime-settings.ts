import type { z } from 'zod';
import type { RealtimeSettings } from '../subscriptions/create-realtime.ts';
import type { environmentSchema } from './environment.ts';

/** Names the settings of sockets and subscriptions as the code that keeps to them does. */
export function realtimeSettings(data: z.infer<ReturnType<typeof environmentSchema>>): RealtimeSettings {
  return {
    drainMs: data.SOCKET_DRAIN_MS,
    resumeMs: data.RESUME_MS,
    maxKeptEvents: data.RESUME_MAX_EVENTS,
    upstream: {
      maxUpstreams: data.UPSTREAM_MAX_SUBSCRIPTIONS,
      maxFailures: data.UPSTREAM_MAX_FAILURES,
      silenceMs: data.UPSTREAM_SILENCE_MS,
    },
    limits: {
      maxPerIdentity: data.SOCKETS_PER_IDENTITY,
      maxPerAddress: data.SOCKETS_PER_ADDRESS,
      maxOperations: data.SOCKET_MAX_OPERATIONS,
      maxMessageBytes: data.SOCKET_MAX_MESSAGE_BYTES,
      messagesPerSecond: data.SOCKET_MESSAGES_PER_SECOND,
      initTimeoutMs: data.SOCKET_INIT_TIMEOUT_MS,
      maxWaitingAnswers: data.SOCKET_MAX_WAITING_ANSWERS,
      stallMs: data.SOCKET_STALL_MS,
      maxUnreadBytes: data.SOCKET_MAX_UNREAD_BYTES,
    },
  };
}

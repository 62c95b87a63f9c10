# syntax=docker/dockerfile:1
# One image for every process of the platform; the command says which: dist/gateway/main.js, dist/subgraphs/<name>/main.js,
# dist/platform/migrate-main.js.
# Checked by a parser and by test (deploy/compose.test.ts); no container engine was at hand to build it.

FROM node:20-bookworm-slim AS build
WORKDIR /app
# What `npm ci` needs comes first, so that the layer is reused until one of these changes: its `prepare` script generates the
# Prisma clients from the schemas.
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY scripts ./scripts
COPY prisma ./prisma
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim AS run
WORKDIR /app
ENV NODE_ENV=production APOLLO_TELEMETRY_DISABLED=1
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/supergraph.graphql ./supergraph.graphql
COPY --from=build /app/subgraphs ./subgraphs
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/gateway/partners ./gateway/partners
COPY --from=build /app/deploy/healthcheck.mjs ./deploy/healthcheck.mjs
RUN mkdir -p /data/mail && chown -R node:node /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "deploy/healthcheck.mjs"]
CMD ["node", "--max-semi-space-size=32", "--heap-growing-percent=200", "--enable-source-maps", "dist/gateway/main.js"]

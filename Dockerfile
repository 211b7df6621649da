# Built with all that building takes; run with what running takes, by a user that is not root, on a root that can
# be read only.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-save --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY schema ./schema
COPY tools ./tools
COPY src ./src
RUN npm run --silent build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json THIRD-PARTY-NOTICES ./
COPY schema ./schema
COPY seed ./seed
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build/src ./build/src
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TENDRIL_PORT || 4000}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "build/src/main.js"]

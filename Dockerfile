# One image for every service of docker-compose.yml: the command says which. The model is inside: no worker
# downloads anything when it starts.
FROM python:3.13-slim-trixie AS build
RUN python3 -m venv /opt/wirewatch
WORKDIR /src
# The dependencies first: they change seldom, and are a layer of their own.
COPY requirements.lock ./
RUN /opt/wirewatch/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY producers producers
COPY processors processors
COPY stores stores
COPY alerts alerts
COPY runtime runtime
COPY training training
COPY seeds seeds
COPY web web
COPY wirewatch wirewatch
RUN /opt/wirewatch/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --create-home --home-dir /var/lib/wirewatch wirewatch
COPY --from=build /opt/wirewatch /opt/wirewatch
# Beside each other: the one-shots' package is found where their commands are.
COPY deploy/setup-elasticsearch deploy/setup-kibana deploy/is-healthy /opt/wirewatch/bin/
COPY deploy/oneshots /opt/wirewatch/bin/oneshots
COPY kibana/newsroom.ndjson /opt/wirewatch/share/newsroom.ndjson
ENV PATH=/opt/wirewatch/bin:$PATH PYTHONUNBUFFERED=1
# For what is stated by number: an orchestrator can see that it is not root.
USER 10001
WORKDIR /var/lib/wirewatch
ENTRYPOINT []
CMD ["wirewatch", "--help"]

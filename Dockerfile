# docker build -t tapal . && docker run --rm -p 127.0.0.1:8501:8501 --read-only --tmpfs /tmp -v tapal:/var/tapal tapal
# The digest of docker-library/repo-info for python:3.11-slim of 5 August 2026 (Python 3.11.15); a newer one: docker pull python:3.11-slim
ARG PYTHON=python:3.11-slim@sha256:90744cff8f32887f075c47d747a173ff333e9e98801667af93c357fa9f5e28ff
FROM ${PYTHON} AS packages
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && \
    /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Tapal" org.opencontainers.image.licenses="MIT"
RUN useradd --create-home --uid 10001 tapal && install -d -o tapal -g tapal -m 700 /var/tapal
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TAPAL_VAR=/var/tapal
VOLUME /var/tapal
USER tapal
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "server.py", "--server.port", "8501", "--server.address", "0.0.0.0"]

# The bot alone: Python, the pinned packages, and our code. No compiler, no shell scripts, no secrets.
FROM python:3.11-slim AS packages
COPY requirements/app.txt /requirements/app.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements/app.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data rainmaker
COPY --from=packages /venv /venv
COPY pyproject.toml LICENSE /app/
COPY sales /app/sales
COPY storage /app/storage
COPY messages /app/messages
COPY handlers /app/handlers
COPY bot /app/bot
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
# A SQLite database, where one is used, is in /data; PostgreSQL needs nothing here.
WORKDIR /data
VOLUME /data
USER rainmaker
EXPOSE 3000
# For `run --http` on port 3000. Over Socket Mode say `run --metrics 3000`, and the same address answers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run", "--http", "0.0.0.0:3000"]

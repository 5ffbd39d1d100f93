# docker build -t dictsvc . && docker run -p 127.0.0.1:8000:8000 -v dictsvc:/data dictsvc
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/dictsvc
RUN /opt/dictsvc/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY dictsvc dictsvc
COPY dictionaries dictionaries
RUN /opt/dictsvc/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
COPY --from=build /opt/dictsvc /opt/dictsvc
RUN useradd --system --uid 10001 --no-create-home dictsvc && install --directory --owner=dictsvc /data
ENV PATH=/opt/dictsvc/bin:$PATH \
    DICTSVC_DATABASE=/data/dictsvc.sqlite3 \
    DICTSVC_HOST=0.0.0.0 \
    DICTSVC_LOG_FORMAT=json \
    DICTSVC_PROXY_HOPS=1 \
    DICTSVC_RATE_LIMIT=600/minute
USER dictsvc
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["dictsvc", "serve"]

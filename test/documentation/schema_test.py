#!/usr/bin/env python3
"""Checks the JSON Schema against the parser: what one takes, the other takes.

Usage: schema_test.py RETRAIND ROOT      exit 1 when they disagree
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml

LEAST = """
service: {endpoint: "https://a.cognitiveservices.azure.com"}
projects:
  - name: wildlife
    watch: [{path: /srv/drop}]
"""


def with_service(text):
    return LEAST.replace('azure.com"', f'azure.com", {text}')


def with_watch(text):
    return LEAST.replace('/srv/drop', f'/srv/drop, {text}')


def with_project(text):
    return LEAST + f'    {text}\n'


RESOURCE = '/subscriptions/a/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/p'
GOOD = [
    LEAST,
    with_service('api_version: v3.4-preview, tier: F0, requests_per_second: 0.5'),
    with_service('training_key_env: KEY_1, requests_in_flight: 16, accept: text/xml'),
    with_watch('settle: 0, scan_every: 1h30m, sidecar_wait: 1.5s, truncated_after: 500ms'),
    with_watch('tags: none'),
    with_watch('tags: {from: folders}'),
    with_watch('tags: {pattern: "(?<tag>[a-z]+)_.*"}'),
    with_watch('tags: {fixed: [a, 2026]}'),
    with_watch('include: ["*.jpg"], exclude: [x], sidecars: [yolo, json], create_tags: false'),
    with_watch('after_upload: {move_to: /srv/done}, rejected: /srv/rejected, oversize: shrink'),
    with_watch('metadata: {site: plant-7, line: 3}, negative_tag: _none'),
    with_project('batch: {max_images: 1, max_tags: 20, max_bytes: 65536, linger: 0}'),
    with_project('batch: {max_bytes: 1.5MiB}'),
    with_project('retrain: {after_images: 1, training: {type: Advanced, budget_hours: 96}}'),
    with_project('retrain: {training: {type: Regular}, deadline: 2d}'),
    with_project('create: {type: ObjectDetection, classification: Multilabel, domain: Food}'),
    with_project(f'retrain: {{}}\n    publish: {{name: p, prediction_resource_id: {RESOURCE}}}'),
    LEAST.replace('name: wildlife', 'id: 391FC408-69ec-4ec3-ac42-6f14bf71ed33'),
    LEAST.replace('wildlife', '2026'),
    LEAST + 'admin: {listen: 127.0.0.1:9464}\n',
    LEAST + 'admin: {listen: "[::]:9464", token_file: /etc/retraind/token}\n',
    LEAST + 'admin: {listen: "unix:/run/a.sock"}\nlog: {level: debug, format: json}\nstate: /var/x\n',
]
BAD = [
    'projects: []\n',
    'service: {}\n',
    LEAST.replace('https:', 'ftp:'),
    LEAST.replace('name: wildlife', 'state: x'),
    LEAST.replace('[{path: /srv/drop}]', '[]'),
    LEAST.replace('path: /srv/drop', 'settle: 2s'),
    LEAST.replace('wildlife', '""'),
    LEAST.replace('name: wildlife', 'id: wildlife'),
    LEAST + 'lgo: {level: info}\n',
    LEAST + 'log: {level: loud}\n',
    LEAST + 'admin: {listen: "unix:"}\n',
    LEAST + 'admin: {listen: localhost}\n',
    LEAST + 'log:\n',
    with_service('api_version: v2.0'),
    with_service('requests_per_second: 0'),
    with_service('requests_per_second: many'),
    with_service('requests_in_flight: 17'),
    with_service('requests_in_flight: 1.5'),
    with_service('training_key_file: /a, training_key_env: B'),
    with_service('training_key_env: 1A'),
    with_watch('settle: 2'),
    with_watch('settle: 2 s'),
    with_watch('settle: -2s'),
    with_watch('settle: [2s]'),
    with_watch('include: "*.jpg"'),
    with_watch('include: [""]'),
    with_watch('create_tags: maybe'),
    with_watch('tags: everything'),
    with_watch('tags: {}'),
    with_watch('tags: {from: folder, fixed: [a]}'),
    with_watch('sidecars: [yolo, yolo]'),
    with_watch('sidecars: [xml]'),
    with_watch('after_upload: move'),
    with_watch('after_upload: {}'),
    with_watch('metadata: [a]'),
    with_watch('metadata: {%s: b}' % ('a' * 129)),
    with_watch('metadata: {a: [b]}'),
    with_project('batch: {max_images: 65}'),
    with_project('batch: {max_bytes: 1}'),
    with_project('batch: {max_bytes: 24 MiB}'),
    with_project('retrain: {training: {type: Advanced}}'),
    with_project('retrain: {training: {budget_hours: 3}}'),
    with_project(f'publish: {{name: p, prediction_resource_id: {RESOURCE}}}'),
    with_project('retrain: {}\n    publish: {name: p, prediction_resource_id: p}'),
    LEAST.replace('name: wildlife', 'id: 391FC408-69ec-4ec3-ac42-6f14bf71ed33\n    create: {}'),
]
CONFIGURATION_WRONG = 78


def check_schema(retraind, root):
    """What `retraind schema` prints is the tree's file, and a schema."""
    printed = subprocess.run([retraind, 'schema'], check=True, capture_output=True, text=True).stdout
    if printed != (root / 'config/retraind.schema.json').read_text():
        sys.exit('config/retraind.schema.json is not what `retraind schema` prints')
    schema = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def keys_of(schema, path=''):
    """Every key with its own schema, however deep."""
    for part in schema.get('anyOf', []):
        yield from keys_of(part, path)
    if 'items' in schema:
        yield from keys_of(schema['items'], path + '[]')
    for name, key in schema.get('properties', {}).items():
        yield f'{path}.{name}'.lstrip('.'), key
        yield from keys_of(key, f'{path}.{name}')


def check_keys(schema):
    """Each key says what it is and what it takes, and its default is one of those."""
    for path, key in keys_of(schema):
        if not key.get('description'):
            yield f'{path} has no description'
        if not set(key) - {'description', 'default'}:
            yield f'{path} has no schema: give its row a shape with one'
        if 'default' in key and not is_valid(key, key['default']):
            yield f'{path}: its default {key["default"]!r} is not what it takes'


def is_valid(schema, document):
    return jsonschema.Draft202012Validator(schema).is_valid(document)


def parser_takes(retraind, text):
    with tempfile.NamedTemporaryFile('w', suffix='.yaml') as file:
        file.write(text)
        file.flush()
        ended = subprocess.run([retraind, 'check', '-c', file.name], capture_output=True, text=True)
    return ended.returncode != CONFIGURATION_WRONG


def disagreements(retraind, schema):
    for wanted, texts in ((True, GOOD), (False, BAD)):
        for text in texts:
            if is_valid(schema, yaml.safe_load(text)) != wanted:
                yield f'the schema {"refuses" if wanted else "takes"}:\n{text}'
            if parser_takes(retraind, text) != wanted:
                yield f'the parser {"refuses" if wanted else "takes"}:\n{text}'


def check_examples(schema, root):
    for file in sorted((root / 'config').glob('*.yaml')):
        text = file.read_text()
        if '@' in text:  # filled in before use
            for word in ('ENDPOINT', 'KEY', 'CA', 'WORK'):
                text = text.replace(f'@{word}@', 'https://localhost' if word == 'ENDPOINT' else '/x')
        for error in jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(text)):
            yield f'{file}: {error.json_path}: {error.message}'


def main():
    retraind, root = sys.argv[1], pathlib.Path(sys.argv[2])
    schema = check_schema(retraind, root)
    wrong = [*check_keys(schema), *disagreements(retraind, schema), *check_examples(schema, root)]
    print(*wrong, sep='\n')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()

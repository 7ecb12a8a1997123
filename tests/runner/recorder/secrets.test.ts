import { describe, expect, test } from 'vitest';
import { findSecrets, namesOfSecrets } from '../../../src/runner/recorder/secrets.ts';
import { parseTestDemo } from '../run-demo.ts';

async function secretsOf(environment: Record<string, string>, rest = ''): Promise<string[]> {
  const lines = Object.entries(environment).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`);
  return findSecrets(
    await parseTestDemo(
      `name: shop\nservices:\n  web:\n    image: postgres:16\n    environment:\n${lines.join('\n')}\n${rest}`,
    ),
  );
}

describe('which environment values are secrets', () => {
  test.each([
    ['API_KEY', 'abcd1234'],
    ['DJANGO_SECRET_KEY', 'not-so-good'],
    ['GITHUB_TOKEN', 'hello-there'],
    ['DB_PASSWORD', 'hunter2'],
    ['MYSQL_PWD', 's3cret'],
    ['apiKey', 'abcd1234'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG'],
    ['BASIC_AUTH', 'me:hello'],
    ['db-password', 'hunter2'],
  ])('%s is one by its name', async (name, value) => {
    expect(await secretsOf({ [name]: value })).toEqual([value]);
  });

  test.each([
    ['PORT', '8000'],
    ['DEBUG', '1'],
    ['LANG', 'C.UTF-8'],
    ['DATABASE', 'shop_production_database'],
    ['DJANGO_SETTINGS_MODULE', 'talk.settings.production1'],
    ['PYTHONPATH', '/usr/lib/python3.13/site-packages/App'],
    ['KEYBOARD', 'qwertz'],
    ['MONKEY_BUSINESS', 'banana'],
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['TOKEN_URL', 'https://example.org/token'],
    ['MAX_TOKENS', '4096'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['PASSWORD_LOGIN', 'true'],
    ['PUBLIC_KEY', 'MFkwEwYH'],
    ['AUTH', 'off'],
    ['ACCESS_KEY', 'ab'],
    ['PIN', '1234'],
  ])('%s=%s is none: hiding it would garble everything', async (name, value) => {
    expect(await secretsOf({ [name]: value })).toEqual([]);
  });

  test.each([
    ['a token by how it begins', 'ghp_abcdefghij'],
    ['a web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig'],
    ['what only chance makes', 'x7Gq2ZpL9vTn4KdW8sRb'],
    ['32 hexadecimal digits', '9f86d081884c7d659a2feaa0c55ad015'],
  ])('%s is one whatever it is called', async (_what, value) => {
    expect(await secretsOf({ SOMETHING: value })).toEqual([value]);
  });

  test('of an address only the password is one, as it is and as it is written there', async () => {
    expect(await secretsOf({ DATABASE_URL: 'postgres://me:s3cret%21@db:5432/shop' })).toEqual([
      's3cret!',
      's3cret%21',
    ]);
    expect(await secretsOf({ HOME_PAGE: 'https://example.org/a:b@c' })).toEqual([]);
  });

  test('a value that the file uses in public as well hides nothing', async () => {
    expect(await secretsOf({ POSTGRES_USER: 'elephant', POSTGRES_PASSWORD: 'elephant' })).toEqual([]);
    expect(await secretsOf({ POSTGRES_PASSWORD: 'postgres' })).toEqual([]);
    expect(await secretsOf({ POSTGRES_PASSWORD: 'postgres-9x' })).toEqual(['postgres-9x']);
  });

  test('build arguments count as well', async () => {
    const demo = await parseTestDemo(
      'name: a\nservices: {web: {build: {context: ., args: {NPM_TOKEN: abc-def-1}}}}\n',
    );
    expect(findSecrets(demo)).toEqual(['abc-def-1']);
  });
});

test('the variables that hold secrets are named for whoever packs the demo', async () => {
  const demo = await parseTestDemo(
    'name: shop\nservices:\n  web:\n    image: postgres:16\n    environment: {POSTGRES_PASSWORD: hunter22, DATABASE_URL: "postgres://me:s3cret!@db/shop", MODE: test}\n',
  );
  expect(namesOfSecrets(demo)).toEqual(['POSTGRES_PASSWORD', 'DATABASE_URL']);
});

test('a secret that also stands on the command line is one all the same, and so is one that stands there only', async () => {
  const command = (line: string) => `    command: ${line}\n`;
  expect(
    await secretsOf({ DB_PASSWORD: 'hunter2' }, command('[serve, --user, anna, --pw, hunter2]')),
  ).toEqual(['hunter2']);
  expect(await secretsOf({ A: '1' }, command('[serve, "--password=hunter2"]'))).toEqual(['hunter2']);
  expect(await secretsOf({ A: '1' }, command('[serve, --api-token, abcd1234, --port, "8000"]'))).toEqual([
    'abcd1234',
  ]);
  expect(await secretsOf({ A: '1' }, command(`sh -c "PASSWORD='hunter2' serve"`))).toEqual(['hunter2']);
  expect(await secretsOf({ POSTGRES_PASSWORD: 'postgres' }, command('[postgres, -c, ssl=on]'))).toEqual([]);
});

import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Dockerode from 'dockerode';
import { importStandIn, type StandIn } from './base-image.ts';
import { cacheFolder } from './engine.ts';
import type { Log } from './shell.ts';

/** Runs the rest of the script as that user when it is root, after it has given a folder away. As official images do. */
const becomes = (user: string, folder: string) =>
  `if [ "$(id -u)" = 0 ]; then
  mkdir -p ${folder} && find ${folder} ! -user ${user} -exec chown ${user} {} +
  exec setpriv --reuid=${user} --regid=${user} --clear-groups "$0" "$@"
fi`;

const REDIS = `#!/bin/sh
set -e
[ "\${1#-}" = "$1" ] || set -- redis-server "$@"
${becomes('redis', '/data')}
[ "$1" = redis-server ] && set -- "$@" --protected-mode no
exec "$@"
`;

const POSTGRES = `#!/bin/sh
set -e
[ "\${1#-}" = "$1" ] || set -- postgres "$@"
[ "$1" = postgres ] || exec "$@"
${becomes('postgres', '"$PGDATA" /var/run/postgresql')}
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "\${POSTGRES_PASSWORD:?You must specify POSTGRES_PASSWORD}"
  user=\${POSTGRES_USER:-postgres}
  echo "$POSTGRES_PASSWORD" > /tmp/password
  initdb --username="$user" --pwfile=/tmp/password
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=" -w start
  [ "\${POSTGRES_DB:-$user}" = postgres ] || createdb -U "$user" "\${POSTGRES_DB:-$user}"
  for file in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -e "$file" ] || psql -U "$user" -d "\${POSTGRES_DB:-$user}" -f "$file"
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
exec "$@" -c listen_addresses='*'
`;

const MARIADB = `#!/bin/sh
set -e
[ "\${1#-}" = "$1" ] || set -- mariadbd "$@"
${becomes('mysql', '/var/lib/mysql /run/mysqld')}
if [ ! -d /var/lib/mysql/mysql ]; then
  mariadb-install-db --datadir=/var/lib/mysql --auth-root-authentication-method=normal > /dev/null
  {
    echo "FLUSH PRIVILEGES;"
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';"
    [ -z "$MARIADB_DATABASE" ] || echo "CREATE DATABASE $MARIADB_DATABASE;"
    [ -z "$MARIADB_USER" ] || {
      echo "CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY '$MARIADB_PASSWORD';"
      echo "GRANT ALL ON $MARIADB_DATABASE.* TO '$MARIADB_USER'@'%';"
    }
  } | mariadbd --bootstrap
fi
exec "$@" --bind-address=0.0.0.0
`;

const NGINX = `#!/bin/sh
set -e
[ "$1" != nginx ] || nginx -t
exec "$@"
`;

interface Server extends Pick<StandIn, 'image' | 'packages'> {
  /** The script that it begins with, as root. */
  entrypoint: string;
  command: readonly string[];
  port: number;
  /** Where it keeps its data: a volume, and empty. */
  data?: string;
  changes?: readonly string[];
  finish?: StandIn['finish'];
}

/** Debian's program, begun by root and handed to its user, as the official image has it. */
function toServer({
  image,
  packages,
  entrypoint,
  command,
  port,
  data,
  changes = [],
  finish,
}: Server): StandIn {
  return {
    image,
    packages,
    finish: async (root) => {
      const file = path.join(root, 'usr/local/bin/docker-entrypoint.sh');
      await writeFile(file, entrypoint);
      await chmod(file, 0o755);
      if (data !== undefined) await rm(path.join(root, data), { recursive: true, force: true });
      await finish?.(root);
    },
    changes: [
      ...changes,
      ...(data === undefined ? [] : [`VOLUME ${data}`]),
      `EXPOSE ${port}`,
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      `CMD ${JSON.stringify(command)}`,
    ],
  };
}

/** Stand-ins for the images that most projects name. */
const IMAGES: readonly StandIn[] = [
  toServer({
    image: 'redis:7',
    packages: ['redis-server'],
    entrypoint: REDIS,
    command: ['redis-server'],
    port: 6379,
    data: '/data',
    changes: ['WORKDIR /data'],
  }),
  toServer({
    image: 'postgres:17',
    packages: ['postgresql-17'],
    entrypoint: POSTGRES,
    command: ['postgres'],
    port: 5432,
    data: '/var/lib/postgresql/data',
    changes: [
      'ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      'ENV PGDATA=/var/lib/postgresql/data',
      'ENV LANG=C.UTF-8',
    ],
    finish: async (root) => {
      await mkdir(path.join(root, 'docker-entrypoint-initdb.d'));
    },
  }),
  toServer({
    image: 'mariadb:11',
    packages: ['mariadb-server', 'mariadb-client'],
    entrypoint: MARIADB,
    command: ['mariadbd'],
    port: 3306,
    data: '/var/lib/mysql',
  }),
  toServer({
    image: 'nginx:1.27',
    packages: ['nginx-light'],
    entrypoint: NGINX,
    command: ['nginx', '-g', 'daemon off;'],
    port: 80,
    finish: async (root) => {
      await rm(path.join(root, 'etc/nginx/sites-enabled/default'), { force: true });
      for (const [log, to] of Object.entries({ 'access.log': 'stdout', 'error.log': 'stderr' })) {
        await rm(path.join(root, 'var/log/nginx', log), { force: true });
        await symlink(`/dev/${to}`, path.join(root, 'var/log/nginx', log));
      }
    },
  }),
  {
    image: 'node:20-slim',
    packages: ['nodejs', 'ca-certificates'],
    finish: async () => {},
    changes: ['CMD ["node"]'],
  },
];

/** Gives the engine every image that it doesn't have. The first time takes minutes and some 2 GB of disk. */
export async function prepareProjectImages(log: Log): Promise<void> {
  const docker = new Dockerode();
  for (const standIn of IMAGES) {
    const isThere = await docker
      .getImage(standIn.image)
      .inspect()
      .then(
        () => true,
        () => false,
      );
    if (!isThere) await importStandIn(docker, standIn.image, cacheFolder(), log, standIn);
  }
}

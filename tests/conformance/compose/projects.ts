import { readFileSync } from 'node:fs';

/** Files by their paths in the project's folder. */
export type Project = Record<string, string>;

/** What every project of one line has beside it, so that what the line names is there. */
const BESIDE = `  web2: {image: y}
networks: {a: {}, b: {driver: overlay, internal: true, ipam: {config: [{subnet: 10.0.0.0/24}]}}}
volumes: {v: {}, v2: {driver: local, driver_opts: {type: none, o: bind, device: ./q}}}
secrets: {s1: {file: ./s}, s: {environment: E}, t: {external: true}}
configs: {c1: {content: "a \${HOME2:-b}"}, c2: {file: /c}}
`;

/** Every key of a service in several spellings, one a project; some of them are wrong. */
export function lineProjects(): [title: string, Project][] {
  const text = readFileSync(new URL('service-lines.txt', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const image = line.startsWith('image:') ? '' : '    image: x\n';
      return [line, { 'compose.yaml': `services:\n  web:\n${image}    ${line}\n${BESIDE}` }];
    });
}

const one = (text: string): Project => ({ 'compose.yaml': text });

/** Projects of more than a service's line. */
export const PROJECTS: Record<string, Project> = {
  'a version': one('version: "3.8"\nservices: {a: {image: x}}\n'),
  'names of volumes and networks': one(
    'services: {a: {image: x}}\nvolumes: {a: , b: {external: true}, c: {external: {name: d}}, e: {name: f, labels: [a=b]}}\nnetworks: {default: {driver: bridge}, z: {external: true, name: q}}\n',
  ),
  'a name that is cleaned': one('name: my-App_1\nservices: {a: {image: x}}\n'),
  'a name with a variable': one('name: ${P:-q}\nservices: {a: {image: x}}\n'),
  nothing: one(''),
  'no service': one('services: {}\n'),
  'a service without a value': one('services:\n  a:\n'),
  'a list': one('- a\n'),
  'a key that there is not': one('a: b\n'),
  'another file name': { 'docker-compose.yml': 'services: {a: {image: x}}\n' },
  'an override of everything': {
    'docker-compose.yml':
      'services: {a: {image: x, ports: ["80:80"], environment: {A: 1}, volumes: ["./a:/a"], command: a, labels: [x=1], depends_on: [b], networks: [n]}, b: {image: y}}\nnetworks: {n: }\n',
    'docker-compose.override.yml':
      'services: {a: {build: ., ports: ["81:81","80:80"], environment: [B=2, A=3], volumes: ["./b:/a","./c:/c"], command: [b], labels: {x: 2, y: 3}, depends_on: {b: {condition: service_healthy}}, networks: {n: {aliases: [q]}}, tmpfs: /z}}\n',
  },
  'an override that takes away': {
    'compose.yaml': 'services: {a: {image: x, ports: ["80:80"], environment: {A: 1, B: 2}}}\n',
    'compose.override.yaml': 'services: {a: {ports: !reset [], environment: {A: !reset null}}}\n',
  },
  'an override that replaces': {
    'compose.yaml': 'services: {a: {image: x, ports: ["80:80"]}}\n',
    'compose.override.yaml': 'services: {a: {ports: !override ["81:81"]}}\n',
  },
  'bases in other files': {
    'compose.yaml':
      'services: {a: {extends: {file: b/base.yaml, service: q}, environment: {B: 2}}, c: {extends: a, image: z}}\n',
    'b/base.yaml':
      'services: {q: {build: ./d, volumes: ["./v:/v"], environment: [A=1], env_file: e.env, extends: r}, r: {image: rr, labels: {a: b}}}\n',
  },
  includes: {
    'compose.yaml':
      'include: [b/inc.yaml, {path: [c/one.yaml, c/two.yaml], project_directory: d, env_file: c/x.env}]\nservices: {a: {image: x, depends_on: [i]}}\n',
    'b/inc.yaml': 'services: {i: {image: "i-${V:-none}", volumes: ["./v:/v"]}}\nvolumes: {vv: }\n',
    'b/.env': 'V=7\n',
    'c/one.yaml': 'services: {j: {build: ., image: "${X}"}}\n',
    'c/two.yaml': 'services: {j: {command: a}}\n',
    'c/x.env': 'X=8\n',
    'd/.keep': '',
  },
  'bases in a circle': one('services: {a: {extends: b}, b: {extends: a}}\n'),
  'includes in a circle': {
    'compose.yaml': 'include: [a.yaml]\nservices: {z: {image: z}}\n',
    'a.yaml': 'include: [b.yaml]\n',
    'b.yaml': 'include: [a.yaml]\n',
  },
  'merge keys': one(
    'x-base: &b {image: x, environment: &e {A: 1}}\nservices:\n  a:\n    <<: *b\n    environment:\n      <<: *e\n      B: 2\n  c:\n    <<: [*b, {restart: always}]\n',
  ),
  'a key twice': one('services:\n  a: {image: x}\n  a: {image: y}\n'),
  'a wrong indentation': one('services:\n  a:\n    image: x\n   bad: 1\n'),
  'scalars of old YAML': one(
    'services: {a: {image: x, environment: {D: 2001-01-01, O: 0777, H: 0x1f, F: 1e3, N: ~, T: "t"}}}\n',
  ),
  'names of services': one('services: {web: {image: x}, "web.1": {image: y}, "a_b": {image: z}}\n'),
  'a bad name': one('services: {"bad name": {image: x}}\n'),
  'a secret from two places': one('services: {a: {image: x}}\nsecrets: {s: {file: a, environment: b}}\n'),
  'a secret from nowhere': one('services: {a: {image: x}}\nsecrets: {s: {}}\n'),
  'a config from two places': one('services: {a: {image: x}}\nconfigs: {s: {content: a, file: b}}\n'),
  'an external volume with a driver': one(
    'services: {a: {image: x}}\nvolumes: {v: {external: true, driver: local}}\n',
  ),
  'names that every object knows': one(
    'services: {__proto__: {image: x}, constructor: {image: y, environment: {toString: a}}}\n',
  ),
  'a port that there is not': one('services: {a: {image: x, ports: ["99999:80"]}}\n'),
  'values from variables': one(
    'services: {a: {image: x, cpus: "${C:-0.5}", init: "${I:-true}", scale: "${S:-2}", ports: [{target: "${T:-80}", published: "${P:-8080}"}]}}\n',
  ),
  'a value from a variable that is none': one('services: {a: {image: x, init: "${I:-maybe}"}}\n'),
  'two documents': one('services: {a: {image: x}}\n---\nservices: {b: {image: y}}\n'),
  'an old name of develop': one(
    'services: {a: {image: x, x-develop: {watch: [{path: ., action: rebuild}]}}}\n',
  ),
};

import type { Demo } from '../../demo/demo.ts';
import type { Service } from '../../demo/service.ts';
import type { RunEventBody, ServiceFacts } from '../../demo/run/run-event.ts';

type Change = Partial<Omit<ServiceFacts, 'service' | 'number'>>;

/** What is known of each container of a project; tells of it when that changes. A demo of one service has no use for it. */
export class ServiceBoard {
  readonly #emit: (event: RunEventBody) => void;
  readonly #facts = new Map<string, ServiceFacts>();
  readonly isShown: boolean;

  constructor({ services, views }: Pick<Demo, 'services' | 'views'>, emit: (event: RunEventBody) => void) {
    this.#emit = emit;
    this.isShown = services.length > 1 || views.includes('map');
  }

  /** Before anything starts: what there is. */
  announce(services: readonly Service[]): void {
    for (const service of services)
      for (let number = 1; number <= (service.replicas ?? 1); number += 1)
        this.tell(service, number, { state: 'waiting' });
  }

  tell(service: Service, number: number, change: Change): void {
    const key = keyOf(service, number);
    const before = this.#facts.get(key) ?? emptyFacts(service, number);
    const facts = { ...before, ...change };
    if (this.#facts.has(key) && JSON.stringify(facts) === JSON.stringify(before)) return;
    this.#facts.set(key, facts);
    if (this.isShown) this.#emit({ type: 'service', facts });
  }
}

function keyOf({ name }: Service, number: number): string {
  return `${name}/${number}`;
}

function emptyFacts(service: Service, number: number): ServiceFacts {
  return {
    service: service.name,
    number,
    state: 'waiting',
    restarts: 0,
    networks: toNetworks(service),
    needs: service.dependsOn.map((one) => one.service),
    ports: service.ports,
  };
}

function toNetworks({ networkMode, networks }: Service): string[] {
  if (networkMode === 'none') return [];
  if (networkMode === 'host') return ['host'];
  return networks?.map(({ name }) => name) ?? ['default'];
}

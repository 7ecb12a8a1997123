import type { Demo } from '../../demo/demo.ts';
import type { Service } from '../../demo/service.ts';
import { findBaseImages } from '../../engine/build/base-images.ts';
import { type Instruction, parseDockerfile } from '../../engine/build/dockerfile.ts';

/** An image that must be on the engine before a demo can be built and run. */
export interface NeededImage {
  image: string;
  service: string;
  /** The FROM that names it, when it is one. */
  from?: Instruction | undefined;
  /** How many instructions that Dockerfile has. */
  of: number;
}

/** What a demo is built on and runs as it is; `textOf` gives a built service's Dockerfile. */
export function findNeededImages(demo: Demo, textOf: (service: Service) => string): NeededImage[] {
  const bases = demo.services.flatMap((service) => {
    if (service.build === undefined) return [];
    const dockerfile = parseDockerfile(textOf(service));
    const of = dockerfile.instructions.length;
    const images = findBaseImages(dockerfile, service.build.args, service.build.target);
    return images.map(({ name, from }): NeededImage => ({ image: name, service: service.name, from, of }));
  });
  const whole = demo.services.flatMap(({ name, build, image }) =>
    build === undefined && image !== undefined ? [{ image, service: name, of: 0 }] : [],
  );
  return [...bases, ...whole];
}

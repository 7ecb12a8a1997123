import type { Build, Service } from '../../demo/service.ts';
import type { Labels } from '../../engine/container-spec.ts';

/** What one service's image is built from. */
export interface BuildPlan {
  service: Service;
  build: Build;
  labels: Labels;
  /** Steps that were told already, as `service/step`; the builder has nothing to add. */
  told: Set<string>;
}

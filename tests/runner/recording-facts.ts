import type { RecordingFacts } from '../../src/demo/recording/recording.ts';

export const RECORDING_FACTS: RecordingFacts = {
  formatVersion: 1,
  demo: 'django',
  sourcesHash: 'abc',
  engine: 'an engine',
  builder: 'buildkit',
  platform: 'linux/amd64',
  imageIds: [],
};

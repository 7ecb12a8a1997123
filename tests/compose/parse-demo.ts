import { readProject, type ProjectOptions, type ReadProject } from '../../src/compose/read-project.ts';
import type { DemoDiagnostic } from '../../src/demo/demo-diagnostic.ts';
import type { Demo } from '../../src/demo/demo.ts';

export type ParsedDemo =
  | { demo: Demo; diagnostics?: undefined }
  | { demo?: undefined; diagnostics: DemoDiagnostic[] };

/** Reads a project from files in memory, by their paths in its folder. */
export async function readFiles(
  files: Record<string, string>,
  name = 'a',
  isAllowed?: ProjectOptions['isAllowed'],
): Promise<ReadProject> {
  const toName = (path: string) => path.replace(/^\/project\/?/u, '');
  const project = await readProject({
    folder: '/project',
    home: '/home/me',
    name,
    ...(isAllowed === undefined ? {} : { isAllowed }),
    files: {
      read: async (path) => (Object.hasOwn(files, toName(path)) ? files[toName(path)] : undefined),
      exists: async (path) => Object.hasOwn(files, toName(path)),
      isFile: async (path) => Object.hasOwn(files, toName(path)),
      show: toName,
    },
  });
  if (project === undefined) throw new Error('There is no Compose file.');
  return project;
}

/** Reads a project that is one file. */
export async function parseDemo(text: string, name = 'a'): Promise<ParsedDemo> {
  const { demo, diagnostics } = await readFiles({ 'compose.yaml': text }, name);
  return demo === undefined ? { diagnostics } : { demo };
}

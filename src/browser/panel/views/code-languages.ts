import type { StreamParser } from '@codemirror/language';

type Load = () => Promise<StreamParser<unknown>>;

/** By a file's name or its ending. */
const LANGUAGES: readonly [RegExp, Load][] = [
  [/\.py$/u, async () => (await import('@codemirror/legacy-modes/mode/python')).python],
  [
    /(?:^|\/)Dockerfile|\.dockerfile$/u,
    async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile,
  ],
  [/\.ya?ml$/u, async () => (await import('@codemirror/legacy-modes/mode/yaml')).yaml],
  [/\.(?:m?js|jsx|cjs)$/u, async () => (await import('@codemirror/legacy-modes/mode/javascript')).javascript],
  [/\.tsx?$/u, async () => (await import('@codemirror/legacy-modes/mode/javascript')).typescript],
  [/\.json$/u, async () => (await import('@codemirror/legacy-modes/mode/javascript')).json],
  [/\.(?:sh|bash)$/u, async () => (await import('@codemirror/legacy-modes/mode/shell')).shell],
  [/\.css$/u, async () => (await import('@codemirror/legacy-modes/mode/css')).css],
  [/\.(?:html?|xml|svg)$/u, async () => (await import('@codemirror/legacy-modes/mode/xml')).html],
  [/\.go$/u, async () => (await import('@codemirror/legacy-modes/mode/go')).go],
  [/\.rb$/u, async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby],
  [/\.rs$/u, async () => (await import('@codemirror/legacy-modes/mode/rust')).rust],
  [/(?:\.conf|nginx[^/]*)$/u, async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx],
];

/** How a file's words are told apart; undefined for a kind that isn't known. */
export async function loadLanguage(file: string): Promise<StreamParser<unknown> | undefined> {
  return LANGUAGES.find(([pattern]) => pattern.test(file))?.[1]();
}

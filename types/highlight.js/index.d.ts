/**
 * highlight.js as src/deck uses it. Its own types bring the DOM's along, which the compiler must do without: tsconfig.pure.json
 * puts these in their place. Source: highlight.js 11, types/index.d.ts.
 */

/** A grammar. What it is made of is highlight.js's own business. */
export type LanguageFn = (hljs: HLJSApi) => object;

export interface HLJSApi {
  newInstance(): HLJSApi;
  registerLanguage(name: string, grammar: LanguageFn): void;
  getLanguage(name: string): object | undefined;
  highlight(code: string, options: { language: string; ignoreIllegals?: boolean }): { value: string };
}

import type { LanguageFn } from './index.d.ts';

declare const grammar: LanguageFn;
export default grammar;

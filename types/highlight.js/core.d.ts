import type { HLJSApi } from './index.d.ts';

declare const hljs: HLJSApi;
export default hljs;

import { createHash } from 'node:crypto';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import dockerfile from 'highlight.js/lib/languages/dockerfile';

/** What the picture of the Dockerfile was made from, from the project's root. */
export const DOCKERFILE = 'demos/django/Dockerfile';
export const DOCKERFILE_PICTURE = 'django-dockerfile.png';
/** The PNG text that holds the fingerprint. */
export const FINGERPRINT_KEY = 'Deckhand-Source';

/** A Dockerfile as coloured HTML, by the highlighter of the deck. Its RUN lines are coloured as bash. */
export function highlightDockerfile(text: string): string {
  hljs.registerLanguage('bash', bash);
  hljs.registerLanguage('dockerfile', dockerfile);
  return hljs.highlight(text.trimEnd(), { language: 'dockerfile' }).value;
}

/** Changes when the Dockerfile changes, and when the highlighter colours it in another way. */
export function dockerfileFingerprint(text: string): string {
  return createHash('sha256').update(text).update('\0').update(highlightDockerfile(text)).digest('hex');
}

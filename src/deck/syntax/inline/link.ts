import type { Inline, Link } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { readInlines } from '../../runs.ts';
import { escapeAttribute } from '../../text/text.ts';
import { inlinePosition } from '../../text/place.ts';
import { trimEnds } from '../../text/trim-ends.ts';
import { parseAttributes } from './attributes.ts';
import { readBracketed } from './bracket.ts';
import { parseLinkTarget } from './link-target.ts';
import { readReference } from './reference.ts';

/** `[text](address "title"){attributes}`, or by reference. */
export const link = defineInline('link', (cx, src): Inline | undefined => {
  if (src[0] !== '[' || cx.state.inLink) return undefined;
  const bracketed = readBracketed(cx, src);
  if (bracketed === undefined) return undefined;
  const rest = src.slice(bracketed.length);
  const target = parseLinkTarget(rest, cx.state.unclosed);
  if (target === undefined) return readReference(cx, src, bracketed, false);
  const tokens = readInlines(cx, bracketed.inner, { inLink: true });
  if (tokens === undefined) return undefined;
  const group = parseAttributes(rest, target.length);
  const raw = src.slice(0, bracketed.length + target.length + (group?.length ?? 0));
  return {
    type: 'link',
    raw,
    tokens: trimEnds(tokens),
    attr: group?.attr ?? emptyAttr(),
    href: target.href,
    title: target.title,
    ...inlinePosition(cx, src),
  };
});

const AUTOLINK = /^<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>/;
const EMAIL =
  /^<([A-Za-z0-9._%+\-!#$&'*/=?^`{|}~]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*)>/;
const SCHEMES =
  /^(?:https?|ftp|mailto|file|tel|data|doi|irc|news|ssh|git|sftp|ws|wss|urn|magnet|javascript|vscode|slack|steam|spotify|skype|sms|geo|xmpp|svn|ldap|imap|gopher|telnet|nfs|about|app|chrome|view-source):/i;

/** `<https://…>` and `<me@example.org>`. */
export const autolink = defineInline('autolink', (cx, src): Inline | undefined => {
  if (src[0] !== '<' || cx.state.inLink) return undefined;
  const head = src.slice(0, 2000);
  const address = AUTOLINK.exec(head)?.[1];
  if (address !== undefined && SCHEMES.test(address)) return autolinkToken(cx, src, address, address, 'uri');
  const email = EMAIL.exec(head)?.[1];
  if (email !== undefined) return autolinkToken(cx, src, email, `mailto:${email}`, 'email');
  return undefined;
});

function autolinkToken(cx: Reading, src: string, text: string, href: string, name: string): Link {
  const group = parseAttributes(src, text.length + 2);
  const attr = group?.attr ?? emptyAttr();
  return {
    type: 'link',
    raw: src.slice(0, text.length + 2 + (group?.length ?? 0)),
    tokens: [{ type: 'str', raw: text, text }],
    attr: group === undefined ? { ...attr, classes: [name] } : attr,
    href: escapeAddress(href),
    title: '',
    ...inlinePosition(cx, src),
  };
}

function escapeAddress(href: string): string {
  return href.replace(/[<>|"{}[\]^`]/g, (char) => encodeURIComponent(char));
}

export const renderLink = defineRenderer('link', (cx, token) => {
  // pandoc leaves the title of an address to write to out.
  const title =
    token.title === '' || token.href.startsWith('mailto:') ? '' : ` title="${escapeAttribute(token.title)}"`;
  const href = slideAddress(token.href);
  return `<a href="${escapeAttribute(href)}"${renderAttr(token.attr)}${title}>${cx.parser.parseInline(token.tokens)}</a>`;
});

/** reveal.js finds a slide by `#/id`. */
export function slideAddress(href: string): string {
  return href.startsWith('#') && !href.startsWith('#/') ? `#/${href.slice(1)}` : href;
}

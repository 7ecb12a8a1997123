import { escapeHtml } from '../site/escape-html.ts';

interface About {
  title: string;
  authors: readonly string[];
  subject: string;
  lang: string;
  date: Date | undefined;
  now: Date;
  version: string;
}

/** The document's metadata for machines: https://www.iso.org/standard/75163.html (XMP), in Dublin Core's words. */
export function toXmp({ title, authors, subject, lang, date, now, version }: About): string {
  const creators = authors.map((author) => `<rdf:li>${escapeHtml(author)}</rdf:li>`).join('');
  const lines = [
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(title)}</rdf:li></rdf:Alt></dc:title>`,
    creators === '' ? '' : `<dc:creator><rdf:Seq>${creators}</rdf:Seq></dc:creator>`,
    subject === ''
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(subject)}</rdf:li></rdf:Alt></dc:description>`,
    lang === '' ? '' : `<dc:language><rdf:Bag><rdf:li>${escapeHtml(lang)}</rdf:li></rdf:Bag></dc:language>`,
    `<dc:date><rdf:Seq><rdf:li>${(date ?? now).toISOString().slice(0, 10)}</rdf:li></rdf:Seq></dc:date>`,
    `<xmp:CreateDate>${(date ?? now).toISOString()}</xmp:CreateDate>`,
    `<xmp:ModifyDate>${now.toISOString()}</xmp:ModifyDate>`,
    `<xmp:CreatorTool>deckhand ${escapeHtml(version)}</xmp:CreatorTool>`,
  ];
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
${lines.filter((line) => line !== '').join('\n')}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

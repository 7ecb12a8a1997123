import { emptyAttr } from '../../ast.ts';
import { defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';

/** A picture with a caption: its id goes to the figure, everything else stays on the picture (rule 19). */
export const renderFigure = defineRenderer('figure', (cx, token) => {
  const { image } = token;
  const { attr } = image;
  const figure = renderAttr({ ...emptyAttr(), id: attr.id });
  const picture = cx.parser.parseInline([{ ...image, attr: { ...attr, id: '' } }]);
  const caption = cx.parser.parseInline(image.tokens);
  return `<figure${figure}>\n${picture}\n<figcaption aria-hidden="true">${caption}</figcaption>\n</figure>\n`;
});

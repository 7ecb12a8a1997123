/** Views side by side (`|`) and above each other (`/`): `(edit:app.py | app) / logs`. */
export type ViewLayout = string | { beside: ViewLayout[] } | { above: ViewLayout[] };

export type LayoutReading = { layout: ViewLayout } | { problem: string };

/** More are too small to read from the last row. */
const MAX_VIEWS = 4;

/** What `views` says, or what is wrong with it, as half a sentence. `|` binds closer than `/`. */
export function parseLayout(text: string): LayoutReading {
  // A slash in a name is a folder's.
  const tokens = text.match(/[()|]|[^\s()|]+/gu) ?? [];
  let at = 0;
  const readMany = (mark: string, readOne: () => ViewLayout): ViewLayout[] => {
    const found = [readOne()];
    while (tokens[at] === mark) {
      at += 1;
      found.push(readOne());
    }
    return found;
  };
  const readOne = (): ViewLayout => {
    const token = tokens[at++];
    if (token === '(') {
      const inner = readRows();
      if (tokens[at++] !== ')') throw new LayoutProblem('a bracket is not closed');
      return inner;
    }
    if (token === undefined || /^[()|/]$/u.test(token))
      throw new LayoutProblem(
        token === undefined ? 'a view is missing at its end' : `a view is missing before "${token}"`,
      );
    return token;
  };
  const readColumns = (): ViewLayout => single(readMany('|', readOne), 'beside');
  const readRows = (): ViewLayout => single(readMany('/', readColumns), 'above');
  try {
    const layout = readRows();
    const [rest] = tokens.slice(at);
    if (rest !== undefined) return { problem: `"${rest}" is not expected there: put | or / between views` };
    const count = viewsIn(layout).length;
    return count > MAX_VIEWS
      ? { problem: `${count} views don't fit on a slide: ${MAX_VIEWS} do` }
      : { layout };
  } catch (error) {
    if (error instanceof LayoutProblem) return { problem: error.message };
    throw error;
  }
}

class LayoutProblem extends Error {}

function single(layouts: ViewLayout[], key: 'beside' | 'above'): ViewLayout {
  const [first = ''] = layouts;
  if (layouts.length === 1) return first;
  return key === 'beside' ? { beside: layouts } : { above: layouts };
}

/** Its views, in the order in which they are written. */
export function viewsIn(layout: ViewLayout): string[] {
  if (typeof layout === 'string') return [layout];
  return ('beside' in layout ? layout.beside : layout.above).flatMap(viewsIn);
}

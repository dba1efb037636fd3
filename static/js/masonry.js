// Where the wall's CSS grid puts its cards, reckoned without asking it: each goes to the column that ends first, the
// leftmost of equals. All in rows; what stands across all columns begins below the longest.
const LEAST = 10;
const MOST = 34;
const SQUARE = 20;

// What CSS knows of a list. row: pixels; caption: rows below a picture; span: rows of every card where all are alike.
export function shape(list) {
  const style = getComputedStyle(list);
  const number = (name) => Number(style.getPropertyValue(name)) || 0;
  return {
    columns: style.gridTemplateColumns.split(" ").length,
    row: parseFloat(style.gridAutoRows),
    caption: number("--caption"),
    span: number("--span"),
  };
}

// What there is to know of an element of a page: a card's picture and rows; of a line across all columns everything.
export function item(element) {
  if (!element.matches(".card")) return { id: element.className, wide: Number(element.dataset.rows), html: element.outerHTML };
  const rows = /(?:^| )r-(\d+)/.exec(element.className)?.[1] ?? SQUARE;
  return { id: element.dataset.imageId, rows: Math.min(MOST, Math.max(LEAST, Number(rows))) };
}

// Puts an item below what stands and returns where; `ends`, the row at which each column ends, is changed.
export function put({ rows, wide }, ends, { caption, span }) {
  if (wide) {
    const top = Math.max(...ends);
    ends.fill(top + wide);
    return { top, column: 0 };
  }
  const top = Math.min(...ends);
  const column = ends.indexOf(top);
  ends[column] += span || rows + caption;
  return { top, column };
}

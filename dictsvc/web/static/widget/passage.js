// The sentence around a place of the page, without touching the page or its selection.

const MOST_AROUND = 300; // letters on either side of the place: no more than the sentence leaves the page
const SENTENCE_ENDS = /[.!?…]["'”’)\]]*\s|[;\n]/g;

function blockOf(node) {
  let block = node.parentElement;
  while (block?.parentElement && /^(inline|contents|ruby)/.test(getComputedStyle(block).display)) block = block.parentElement;
  return block;
}

// A sentence as [text, index of the place in it], and a way back from indexes to ranges of the page.
class Passage {
  #pieces = [];
  #whole = "";
  #from;
  text;
  place;

  constructor(node, offset) {
    const block = blockOf(node);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let place = 0;
    while (walker.nextNode()) {
      const piece = walker.currentNode;
      if (piece.nodeName === "BR") this.#whole += "\n";
      if (piece.nodeType !== Node.TEXT_NODE || piece.parentElement.closest("script, style")) continue;
      if (blockOf(piece) !== block) {
        this.#whole += "\n";
        continue;
      }
      if (piece === node) place = this.#whole.length + offset;
      this.#pieces.push({ node: piece, start: this.#whole.length });
      this.#whole += piece.data.replaceAll("\n", " "); // a line's end is a space there, and no sentence's end
    }
    this.#cut(place);
  }

  #cut(place) {
    let start = Math.max(0, place - MOST_AROUND);
    let end = Math.min(this.#whole.length, place + MOST_AROUND);
    for (const found of this.#whole.matchAll(SENTENCE_ENDS)) {
      const after = found.index + found[0].length;
      if (after <= place) start = Math.max(start, after);
      else {
        end = Math.min(end, after);
        break;
      }
    }
    this.#from = start;
    this.text = this.#whole.slice(start, end);
    this.place = place - start;
  }

  // The service counts code points, JavaScript counts UTF-16.
  get offset() {
    return [...this.text.slice(0, this.place)].length;
  }

  range({ start, end }) {
    const points = [...this.text];
    const range = document.createRange();
    const from = this.#from + points.slice(0, start).join("").length;
    range.setStart(...this.#spot(from, true));
    range.setEnd(...this.#spot(from + points.slice(start, end).join("").length, false));
    return range;
  }

  #spot(index, atStart) {
    const piece = this.#pieces.findLast(({ start }) => (atStart ? start <= index : start < index)) ?? this.#pieces[0];
    return [piece.node, Math.min(index - piece.start, piece.node.length)];
  }
}

// Finds the passages that remarks hang on, by their words (W3C Web Annotation Data Model, text quote selector).
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

const BESIDE = 60; // characters kept of what stands before and after
export const passagesKey = new PluginKey("passages");

// The document's words, and the position in the document of each of them.
const spread = (doc) => {
  let text = "";
  const places = [];
  doc.descendants((node, pos) => {
    if (node.isText) {
      for (let number = 0; number < node.text.length; number += 1) places.push(pos + number);
      text += node.text;
    } else if (node.isTextblock && text) {
      places.push(pos);
      text += "\n";
    }
  });
  return { text, places };
};

const found = ({ text, places }, { exact, before, after }) => {
  if (!exact) return null;
  const whole = text.indexOf(before + exact + after);
  const at = whole >= 0 ? whole + before.length : text.indexOf(exact);
  return at < 0 ? null : { from: places[at], to: places[at + exact.length - 1] + 1 };
};

const decorations = (doc, passages) => {
  if (!passages.length) return DecorationSet.empty;
  const words = spread(doc);
  const places = passages.map((passage) => found(words, passage)).filter(Boolean);
  return DecorationSet.create(doc, places.map(({ from, to }) => Decoration.inline(from, to, { class: "remarked" })));
};

export const passages = () =>
  new Plugin({
    key: passagesKey,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, shown) {
        const told = tr.getMeta(passagesKey);
        return told ? decorations(tr.doc, told) : shown.map(tr.mapping, tr.doc);
      },
    },
    props: {
      decorations(state) {
        return passagesKey.getState(state);
      },
    },
  });

// The selected words, and those beside them.
export const selected = (state) => {
  const { from, to } = state.selection;
  const between = (first, last) => state.doc.textBetween(Math.max(0, first), Math.min(last, state.doc.content.size), "\n");
  return { exact: between(from, to), before: between(from - BESIDE, from), after: between(to, to + BESIDE) };
};

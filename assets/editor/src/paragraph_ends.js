// Shows the ends of paragraphs that a suggestion would take out or put in. The library's own plugin looks through the
// whole text at each keystroke; here that waits until nobody has typed for a moment.
import { suggestChanges } from "@handlewithcare/prosemirror-suggest-changes";
import { Plugin, PluginKey } from "prosemirror-state";
import { DecorationSet } from "prosemirror-view";

const LATER = 150; // milliseconds
const endsKey = new PluginKey("paragraph-ends");

export const suggesting = () => {
  const library = suggestChanges();
  const { decorations, ...props } = library.props;
  const ends = new Plugin({
    key: endsKey,
    state: {
      init: (_config, state) => (state.doc ? decorations(state) : DecorationSet.empty),
      apply: (tr, shown) => tr.getMeta(endsKey) || shown.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => endsKey.getState(state) },
    view: () => {
      let waiting;
      return {
        update(view, before) {
          if (view.state.doc === before.doc) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => view.dispatch(view.state.tr.setMeta(endsKey, decorations(view.state)).setMeta("shown", true)), LATER);
        },
        destroy: () => clearTimeout(waiting),
      };
    },
  });
  return [new Plugin({ key: library.spec.key, state: library.spec.state, props }), ends];
};

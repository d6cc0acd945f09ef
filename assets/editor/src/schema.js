// What a document may hold: the same as hearthpress/documents/schema.py says, with the marks of suggestions on top.
import { Schema } from "prosemirror-model";

const SUGGESTED = "insertion deletion modification";
const QUOTE = ["speaker", "source", "date", "permalink", "permission"];

const texts = (names) => Object.fromEntries(names.map((name) => [name, { default: "" }]));

const nodes = {
  doc: { content: "block+", marks: SUGGESTED },
  paragraph: {
    group: "block",
    content: "inline*",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  },
  heading: {
    group: "block",
    content: "inline*",
    attrs: { level: { default: 2 } },
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  bullet_list: {
    group: "block",
    content: "list_item+",
    marks: SUGGESTED,
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    group: "block",
    content: "list_item+",
    marks: SUGGESTED,
    parseDOM: [{ tag: "ol" }],
    toDOM: () => ["ol", 0],
  },
  list_item: {
    content: "paragraph",
    marks: SUGGESTED,
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  quote: {
    group: "block",
    content: "paragraph+",
    marks: SUGGESTED,
    attrs: texts(QUOTE),
    parseDOM: [{ tag: "blockquote" }],
    toDOM: (node) => {
      const who = [node.attrs.speaker, node.attrs.source, node.attrs.date].filter(Boolean).join(", ");
      const under = who ? [["figcaption", { contenteditable: "false" }, who]] : [];
      return ["figure", { class: "quote" }, ["blockquote", 0], ...under];
    },
  },
  related: {
    group: "block",
    atom: true,
    attrs: texts(["title", "story"]),
    toDOM: (node) => ["p", { class: "related" }, ["span", { class: "related-label" }, "→ "], node.attrs.title],
  },
  scene_break: {
    group: "block",
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr", { class: "scene-break" }],
  },
  figure: {
    group: "block",
    atom: true,
    attrs: { sha256: {}, ...texts(["alt", "caption", "credit"]) },
    toDOM: ({ attrs }) => ["figure", { class: "picture" }, ["p", attrs.alt || "–"], ["figcaption", `${attrs.caption} ${attrs.credit}`]],
  },
  gentle: {
    group: "block",
    content: "(paragraph | heading | bullet_list | ordered_list | quote | scene_break | figure)+",
    marks: SUGGESTED,
    attrs: texts(["says"]),
    toDOM: ({ attrs }) => ["section", { class: "gentle", "data-says": attrs.says }, 0],
  },
  signature: {
    group: "block",
    content: "paragraph+",
    marks: SUGGESTED,
    toDOM: () => ["footer", { class: "signature" }, 0],
  },
  hard_break: {
    group: "inline",
    inline: true,
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  text: { group: "inline" },
};

// Whose it is stands at the beginning of a suggestion's identity.
const whose = (mark) => (String(mark.attrs.id).startsWith("w") ? "by-writer" : "by-editor");

// Suggestions are never read from what is pasted: words that come from elsewhere are this person's own suggestion.
const suggestion = (tag, excludes) => ({
  inclusive: false,
  excludes,
  attrs: { id: {} },
  toDOM: (mark, inline) => [tag, { "data-id": mark.attrs.id, class: `${whose(mark)}${inline ? "" : " whole"}` }, 0],
});

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (anchor) => (/^(https?:\/\/|mailto:)/i.test(anchor.getAttribute("href")) ? { href: anchor.getAttribute("href") } : false),
      },
    ],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener" }, 0],
  },
  em: {
    parseDOM: [{ tag: "i" }, { tag: "em" }],
    toDOM: () => ["em", 0],
  },
  strong: {
    parseDOM: [{ tag: "b" }, { tag: "strong" }],
    toDOM: () => ["strong", 0],
  },
  deletion: suggestion("del", "insertion modification deletion"),
  insertion: suggestion("ins", "deletion modification insertion"),
  modification: {
    inclusive: false,
    excludes: "deletion insertion",
    attrs: { id: {}, type: {}, attrName: { default: null }, previousValue: { default: null }, newValue: { default: null } },
    toDOM: (mark) => ["div", { "data-id": mark.attrs.id, class: `form-changes ${whose(mark)}` }, 0],
  },
};

export const schema = new Schema({ nodes, marks });

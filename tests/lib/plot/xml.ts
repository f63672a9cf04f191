// Enough of an XML reader to look into the pictures, and strict about what browsers are strict about.

/** One element, in document order. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads a document without comments and declarations; throws where it is not well-formed. */
export function readXml(source: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (!match) throw new Error(`Not well-formed: ${source.slice(at, at + 60)}`);
    const [, closing, name, attributes, empty, text] = match;
    if (text !== undefined) {
      if (open.length === 0) throw new Error(`Text outside the document: ${text}`);
      open[open.length - 1].text += unescape(text);
    } else if (closing) {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
    } else {
      if (open.length === 0 && elements.length > 0) throw new Error("A second document");
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)];
      const element = {
        name,
        attributes: Object.fromEntries(pairs.map(([, key, value]) => [key, unescape(value)])),
        text: "",
      };
      elements.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`<${open[0].name}> is never closed`);
  return elements;
}

/** The texts of a picture's labels. */
export function labels(svg: string): string[] {
  return readXml(svg).filter(({ name }) => name === "text").map(({ text }) => text);
}

function unescape(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`A bare & in: ${text}`);
  return text.replaceAll(/&(\w+);/g, (_, name) => ENTITIES[name]);
}

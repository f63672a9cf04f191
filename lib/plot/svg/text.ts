// Text and markup inside an SVG, measured without a browser.

/** Text with the five characters that XML reserves escaped, and those it forbids replaced. */
export function escapeXml(text: string): string {
  return text
    // deno-lint-ignore no-control-regex -- XML 1.0 has no way to write these characters
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&apos;");
}

/** Attributes of an element; those that are undefined are left out, numbers keep two decimals. */
export type Attributes = Record<string, string | number | undefined>;

/** One element; `content` is markup, so text in it must be escaped. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      ` ${key}="${typeof value === "number" ? short(value) : escapeXml(value!)}"`
    )
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A text element. */
export function textElement(text: string, attributes: Attributes): string {
  return element("text", attributes, escapeXml(text));
}

/** A coordinate in at most two decimals. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** About how wide text is in a proportional sans-serif face, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) {
    if (/[ijlI.,:;'|!]/.test(character)) ems += 0.3;
    else if (/[mwMW@%]/.test(character)) ems += 0.88;
    else if (
      /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Emoji_Presentation}/u
        .test(character)
    ) {
      ems += 1.05;
    } else ems += /\p{Lu}/u.test(character) ? 0.68 : 0.56;
  }
  return ems * fontSize;
}

/** Text cut to a width in pixels, with an ellipsis where something is missing. */
export function fitText(
  text: string,
  { width, fontSize }: { width: number; fontSize: number },
): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(characters.join("") + "…", fontSize) > width) {
    characters.pop();
  }
  return characters.join("") + "…";
}

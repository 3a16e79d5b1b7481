// Pictures on their way to the house: the server cleans each and names it by its hash.
import { house, MIMES, schema } from "./schema.js";

const MOST = 20 << 20;
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

// A picture the server knows by its kind, turned the right way up: what the camera wrote beside the
// picture about its direction does not stay.
const fit = async (file) => {
  if (MIMES.includes(file.type) && file.type !== "image/jpeg" && file.size <= MOST) return file;
  if (file.type === "image/jpeg" && file.size <= MOST && !(await isTurned(file))) return file;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 4000 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const kind = file.type === "image/jpeg" ? "image/jpeg" : "image/png";
  return new Promise((done) => { canvas.toBlob(done, kind, 0.92); });
};
const isTurned = async (file) => {
  const bytes = new DataView(await file.slice(0, 1 << 17).arrayBuffer());
  for (let at = 2; at + 4 < bytes.byteLength && bytes.getUint8(at) === 0xff; at += 2 + bytes.getUint16(at + 2)) {
    if (bytes.getUint8(at + 1) !== 0xe1 || bytes.getUint32(at + 4) !== 0x45786966) continue;
    const start = at + 10;
    const little = bytes.getUint16(start) === 0x4949;
    const first = start + bytes.getUint32(start + 4, little);
    const count = bytes.getUint16(first, little);
    for (let row = 0; row < count && first + 14 + row * 12 <= bytes.byteLength; row += 1) {
      if (bytes.getUint16(first + 2 + row * 12, little) === 0x0112) return bytes.getUint16(first + 10 + row * 12, little) > 1;
    }
    return false;
  }
  return false;
};
const fetched = async (source) => {
  if (!source.startsWith("data:")) return (await fetch(source, { credentials: "same-origin" })).blob();
  const [head, data] = source.split(",");
  const bytes = Uint8Array.from(atob(data.replace(/\s/g, "")), (one) => one.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(";")[0] });
};

const send = async (blob) => {
  const body = new FormData();
  body.append("file", blob, blob.name || `picture.${blob.type.split("/")[1]}`);
  const answer = await fetch(house.upload, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" } });
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (!answer.ok || !said.file) throw new Error(said.why || house.words.pictureFailed);
  return said;
};

const under = new Map(); // what waits -> the file itself
let count = 0;
const placeOf = (view, waits) => {
  let found = null;
  view.state.doc.descendants((node, pos) => {
    if (node.type === schema.nodes.figure && node.attrs.waits === waits) found = { node, pos };
    return !found;
  });
  return found;
};

const arrive = async (view, waits, tell) => {
  try {
    const source = under.get(waits) ?? await fetched(waits);
    const said = await send(await fit(source));
    const here = placeOf(view, waits);
    if (here) view.dispatch(view.state.tr.setNodeMarkup(here.pos, null, { ...here.node.attrs, ...said, waits: "" }).setMeta("addToHistory", false));
  } catch (error) {
    const here = placeOf(view, waits);
    if (here) view.dispatch(view.state.tr.delete(here.pos, here.pos + here.node.nodeSize).setMeta("addToHistory", false));
    tell(error instanceof TypeError || !error.message ? house.words.pictureFailed : error.message);
  } finally {
    under.delete(waits);
    asked.delete(waits);
  }
};

const asked = new Set();
// Whatever stands in the editor and is not yet here is fetched and sent, each once.
export const bring = (view, tell) => {
  view.state.doc.descendants((node) => {
    const { waits } = node.attrs;
    if (node.type !== schema.nodes.figure || !waits || asked.has(waits)) return;
    asked.add(waits);
    arrive(view, waits, tell);
  });
};

export const figureOf = (file) => {
  const waits = `file:${count += 1}`;
  under.set(waits, file);
  return schema.nodes.figure.create({ waits });
};
export const picturesOf = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/") && file.type !== "image/svg+xml");

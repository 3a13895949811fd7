// Small plots on logarithmic axes, as one SVG.
const size = { width: 300, height: 230, left: 46, right: 12, top: 30, bottom: 40 };
const colours = ["#1f6feb", "#d1570b", "#1a7f37"];
const shapes = ["circle", "square", "triangle"];

/** Panels of curves: { title, curves: [{ name, points: [{ x, y }] }] }. */
export function plot(panels, { x, y }, perRow = 3) {
  const rows = Math.ceil(panels.length / perRow);
  const [width, height] = [perRow * size.width, rows * size.height];
  const body = panels.map((panel, i) => {
    const place = `translate(${(i % perRow) * size.width} ${Math.floor(i / perRow) * size.height})`;
    return `<g transform="${place}">\n${drawPanel(panel, { x, y })}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${y} against ${x}" font-family="sans-serif" font-size="10">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

function drawPanel({ title, curves }, labels) {
  const points = curves.flatMap((c) => c.points);
  const across = scale(
    points.map((p) => p.x),
    size.left,
    size.width - size.right,
  );
  const up = scale(
    points.map((p) => p.y),
    size.height - size.bottom,
    size.top + 8,
  );
  const lines = [text(size.left, 16, title, 'font-weight="bold" font-size="11"')];
  for (const tick of across.ticks) {
    lines.push(`<path d="M${r(across.at(tick))} ${size.top}V${size.height - size.bottom}" stroke="#e4e7eb"/>`);
    lines.push(
      text(across.at(tick), size.height - size.bottom + 12, short(tick), 'text-anchor="middle" fill="#57606a"'),
    );
  }
  for (const tick of up.ticks) {
    lines.push(`<path d="M${size.left} ${r(up.at(tick))}H${size.width - size.right}" stroke="#e4e7eb"/>`);
    lines.push(text(size.left - 4, up.at(tick) + 3, short(tick), 'text-anchor="end" fill="#57606a"'));
  }
  lines.push(text((size.left + size.width) / 2, size.height - 12, labels.x, 'text-anchor="middle" fill="#57606a"'));
  lines.push(
    `<text transform="translate(11 ${size.height / 2}) rotate(-90)" text-anchor="middle" fill="#57606a">${labels.y}</text>`,
  );
  lines.push(...curves.flatMap((curve, i) => drawCurve(curve, i, across, up)));
  return lines.join("\n");
}

function drawCurve({ name, points }, i, across, up) {
  const colour = colours[i % colours.length];
  const shape = shapes[i % shapes.length];
  const at = points.map((p) => [across.at(p.x), up.at(p.y)]);
  const key = [size.left + 8, size.top + 10 + 13 * i];
  return [
    `<path d="M${at.map(([a, b]) => `${r(a)} ${r(b)}`).join("L")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    ...at.map((p) => mark(shape, p, colour)),
    mark(shape, key, colour),
    text(key[0] + 8, key[1] + 3, name, ""),
  ];
}

function mark(shape, [x, y], colour) {
  if (shape === "circle") return `<circle cx="${r(x)}" cy="${r(y)}" r="3" fill="${colour}"/>`;
  if (shape === "square") return `<rect x="${r(x - 3)}" y="${r(y - 3)}" width="6" height="6" fill="${colour}"/>`;
  return `<path d="M${r(x)} ${r(y - 4)}l4 7h-8z" fill="${colour}"/>`;
}

/** A logarithmic axis with a tick at 1, 2 and 5 of each power of ten, or at the powers alone when there are many. */
function scale(values, from, to) {
  const [low, high] = [Math.log10(Math.min(...values)) - 0.08, Math.log10(Math.max(...values)) + 0.08];
  const at = (value) => from + ((Math.log10(value) - low) / Math.max(0.01, high - low)) * (to - from);
  const steps = high - low > 2 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const step of steps) if (inside(Math.log10(step) + power, low, high)) ticks.push(step * 10 ** power);
  }
  return { at, ticks };
}

const inside = (value, low, high) => value >= low && value <= high;
const r = (value) => Math.round(value * 10) / 10;
const short = (value) =>
  value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1000 ? `${value / 1000}k` : String(r(value));
const text = (x, y, content, attributes) => `<text x="${r(x)}" y="${r(y)}" ${attributes}>${content}</text>`;

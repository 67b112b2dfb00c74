// What cannot be read whole although no dots say so, and controls that lie on each other.
const out = [], top = document.querySelector('dialog[open]') || document.body;
const seen = e => e.getClientRects().length && getComputedStyle(e).visibility == 'visible' && !e.closest('.sr, .skip, [aria-hidden=true], option');
const name = e => (e.id ? '#' + e.id : e.className || e.tagName) + '';
const dotted = e => { const s = getComputedStyle(e); return s.textOverflow == 'ellipsis' || s.webkitLineClamp != 'none'; };

// Whether a box of a text lies outside of something around it that cuts it off, and cannot be scrolled to.
function cut(from, box) {
    let tall = true;
    for (let e = from; e && e != document.documentElement; e = e.parentElement) {
        const style = getComputedStyle(e), around = e.getBoundingClientRect();
        // A label for ears alone.
        if (around.width <= 1) return null;
        if (style.overflowX != 'visible') {
            if (dotted(e) || e.matches('.sub')) return null;
            if (box.right > around.right + 1 || box.left < around.left - 1) return 'beside ' + name(e);
        }
        if (style.overflowY == 'auto' || style.overflowY == 'scroll') tall = false;
        if (tall && style.overflowY != 'visible' && box.bottom > around.bottom + 2) return 'below ' + name(e);
        if (e.matches('button, .badge, .pill') && (box.right > around.right + 1 || box.bottom > around.bottom + 2)) return 'out of ' + name(e);
        if (style.position == 'fixed') return null;
    }
    return null;
}

const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    if (!text.data.trim() || !seen(parent) || parent.closest('textarea, select, script')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
        const where = box.width && cut(parent, box);
        if (where) { out.push('cut off ' + where + ': ' + text.data.trim().slice(0, 60)); break; }
    }
}

// What of a control is in sight: a part that was scrolled away lies under nothing.
function sight(of) {
    let { left, top, right, bottom } = of.getBoundingClientRect();
    for (let e = of.parentElement; e; e = e.parentElement) {
        if (getComputedStyle(e).overflowY == 'visible') continue;
        const around = e.getBoundingClientRect();
        left = Math.max(left, around.left), right = Math.min(right, around.right), top = Math.max(top, around.top), bottom = Math.min(bottom, around.bottom);
    }
    return { left, top, right, bottom };
}
const controls = [...top.querySelectorAll('button, input, select, textarea, a[href]')].filter(seen).map(e => [e, sight(e)]);
const layer = e => e.closest('dialog, [role=menu], .toast, .menu');
controls.forEach(([a, p], n) => controls.slice(n + 1).forEach(([b, q]) => {
    if (a.contains(b) || b.contains(a) || layer(a) != layer(b)) return;
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left), high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 2 && high > 2) out.push('on each other: ' + name(a) + ' «' + a.innerText + '», ' + name(b) + ' «' + b.innerText + '»');
}));
return out;

//! The catalogue of hostile texts. It is data alone, so that the desk inside the window can hold the same file: whatever a client
//! can fill in is met with each of these, from a decoder to a row on screen.

/// Texts that break out of markup, of addresses, of lines, of their direction, of their place in a table.
pub const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "\r\nX-Evil: 1\r\n\r\n",
    "<img src=x onerror=\"document.title='pwned'\">",
    "</span><script>document.title='pwned'</script>",
    "</bdi></div><style>*{display:none}</style><h1>",
    "&lt;b&gt; <b>bold</b>",
    "**bold** [klik](javascript:alert(1))",
    "\u{202e}gnilrih\u{202c}",
    "\u{202e}\u{202d}\u{202b}left open",
    "\u{2066}\u{2067}\u{2068}isolates left open",
    "\u{2069}\u{202e}out of its isolate",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627} 123",
    "\u{feff}\u{200b}\u{200d}",
    "ab\u{e9}\u{1F468}\u{200D}\u{1F469}",
    "Zalgo\u{336}\u{335}\u{334}\u{321} \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "dua\nbaris\u{2028}tiga\u{2029}empat",
    "{ $name } {{7*7}} ${7*7} %s %n",
    "{{constructor.constructor('document.title=1')()}} %1$s {0}",
    "'; DROP TABLE record; --",
    "../../../../etc/passwd",
    "javascript:document.title='pwned'",
    "=HYPERLINK(\"http://x\",\"klik\")",
    "=cmd|' /C calc'!A0",
    "+1-1",
    "@SUM(A1)",
    "-2+3",
    "\t=1+1",
    "-1",
    "9223372036854775808",
    "1e999",
    "2026-02-30",
    "9999-12-31T23:59:59.999Z",
    "-9999-01-01T00:00:00Z",
    "019abf6b-9d3c-7c11-8a52-0123456789ab",
    "00000000-0000-0000-0000-000000000000",
    LONG,
];

/// One word of ten thousand letters.
const LONG: &str = match str::from_utf8(&[b'x'; 10_000]) {
    Ok(text) => text,
    Err(_) => "",
};
